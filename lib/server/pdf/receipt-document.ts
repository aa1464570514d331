import type { Receipt } from '@/lib/evidence/receipt';
import type { AppLocale } from '@/lib/i18n/routing';
import { isHex } from '@/lib/record/hex';
import { digits, filer, instant, recordTitle, shortDigits, unitName, type Fact } from './facts';
import { receiptTexts } from './receipt-texts';
import type { SimpleDocument } from './simple-document';

/** Where a record is in the log by now; null as long as it waits. */
export interface ReceiptPlace {
  readonly index: number;
  /** The first anchor that covers it; null as long as there is none. */
  readonly anchor: {
    readonly index: number;
    /** RFC 3339. */
    readonly time: string;
    readonly blockNumber: number;
    /** "0x" and 64 hex digits. */
    readonly transaction: string;
  } | null;
}

export interface ReceiptFacts {
  readonly receipt: Receipt;
  /** Title of the tender; null for a record of the registry itself. */
  readonly title: string | null;
  readonly place: ReceiptPlace | null;
  readonly chain: { readonly id: number; readonly contract: string };
  /** Address of the page that verifies this record. */
  readonly verifyUrl: string;
}

/**
 * A receipt to print and to keep. It holds no secret: not the salt of the entry either, which stands for the receipt
 * itself where evidence is asked for.
 */
export function receiptDocument(facts: ReceiptFacts, language: AppLocale): SimpleDocument {
  const t = receiptTexts[language];
  const { receipt, verifyUrl } = facts;
  const { record } = receipt.entry;
  const documents = record.documents.map(({ title, size, sha256 }) => [
    title,
    String(size),
    shortDigits(sha256),
  ]);
  return {
    language,
    title: t.title,
    subtitle: t.subtitle,
    facts: [...filedFacts(facts, language), ...proofFacts(facts, language)],
    tables: documents.length === 0 ? [] : [{ title: t.documents, head: t.documentHead, rows: documents }],
    paragraphs: [t.check(verifyUrl), t.complain, t.noSecret],
    code: verifyUrl,
    footer: `${receipt.origin} · ${record.id}`,
  };
}

function filedFacts({ receipt, title }: ReceiptFacts, language: AppLocale): Fact[] {
  const t = receiptTexts[language];
  const { record } = receipt.entry;
  const { type, unit, data, ocid } = record;
  const facts: (Fact | false)[] = [
    [t.what, recordTitle(type, language)],
    [t.by, filer(record)],
    title !== null && [t.subject, title],
    ocid !== undefined && [t.process, ocid],
    unit !== undefined && [t.unit, unitName(unit)],
    [t.time, instant(receipt.promise.time)],
    typeof data.envelope === 'string' && isHex(data.envelope, 32) && [t.envelope, digits(data.envelope)],
    typeof data.size === 'number' && [t.size, t.bytes(data.size)],
  ];
  return facts.filter((fact) => fact !== false);
}

function proofFacts({ receipt, place, chain }: ReceiptFacts, language: AppLocale): Fact[] {
  const t = receiptTexts[language];
  const { commitment, sequencedBy, anchoredBy, signature } = receipt.promise;
  const anchor = place?.anchor ?? null;
  return [
    [t.commitment, digits(commitment)],
    [t.promise, t.promised(instant(sequencedBy), instant(anchoredBy))],
    [t.signature, digits(signature)],
    [t.log, place === null ? t.notInLog : t.inLog(place.index, receipt.origin)],
    [
      t.chain,
      anchor === null
        ? t.notAnchored
        : `${t.anchored(anchor.index, instant(anchor.time), anchor.blockNumber)}\n${digits(anchor.transaction)}`,
    ],
    [t.contract, `${chain.id} · ${chain.contract}`],
  ];
}
