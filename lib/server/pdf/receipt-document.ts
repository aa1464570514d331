import type { Receipt } from '@/lib/evidence/receipt';
import type { AppLocale } from '@/lib/i18n/routing';
import { isHex } from '@/lib/record/hex';
import { digits, instant, type Fact } from './facts';
import { receiptTexts } from './receipt-texts';
import { recordPage, type PrintedAnchor, type RecordPage } from './record-page';
import type { SimpleDocument } from './simple-document';

/** Where a record is in the log by now; null as long as it waits. */
export interface ReceiptPlace {
  readonly index: number;
  /** The first anchor that covers it; null as long as there is none. */
  readonly anchor: PrintedAnchor | null;
}

export interface ReceiptFacts extends Pick<RecordPage, 'title' | 'chain' | 'verifyUrl'> {
  readonly receipt: Receipt;
  readonly place: ReceiptPlace | null;
}

/**
 * A receipt to print and to keep. It holds no secret: not the salt of the entry either, which stands for the receipt
 * itself where evidence is asked for.
 */
export function receiptDocument(facts: ReceiptFacts, language: AppLocale): SimpleDocument {
  const t = receiptTexts[language];
  const { receipt, place, title, chain, verifyUrl } = facts;
  const { origin, entry, promise } = receipt;
  const { sequencedBy, anchoredBy, signature } = promise;
  return recordPage({
    ...{ language, texts: t, record: entry.record, origin, title, chain, verifyUrl },
    ...{ time: promise.time, commitment: promise.commitment },
    log: place === null ? t.notInLog : t.inLog(place.index, origin),
    anchor: place?.anchor ?? null,
    own: {
      filed: envelopeFacts(receipt, language),
      promise: [
        [t.promise, t.promised(instant(sequencedBy), instant(anchoredBy))],
        [t.signature, digits(signature)],
      ],
    },
    paragraphs: [t.check(verifyUrl), t.complain, t.noSecret],
  });
}

/** Of a sealed bid: which envelope it is about. */
function envelopeFacts({ entry }: Receipt, language: AppLocale): Fact[] {
  const t = receiptTexts[language];
  const { envelope, size } = entry.record.data;
  const facts: (Fact | false)[] = [
    typeof envelope === 'string' && isHex(envelope, 32) && [t.envelope, digits(envelope)],
    typeof size === 'number' && [t.size, t.bytes(size)],
  ];
  return facts.filter((fact) => fact !== false);
}
