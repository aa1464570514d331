import type { AppLocale } from '@/lib/i18n/routing';
import type { TenderRecord } from '@/lib/record/record';
import { digits, filer, instant, recordTitle, shortDigits, unitName, type Fact } from './facts';
import type { RecordPageTexts } from './record-page-texts';
import type { SimpleDocument } from './simple-document';

/** An anchor that covers a record. */
export interface PrintedAnchor {
  readonly index: number;
  /** RFC 3339. */
  readonly time: string;
  readonly blockNumber: number;
  /** "0x" and 64 hex digits. */
  readonly transaction: string;
}

/** What a printed page says of a record, whether it is a certificate or a receipt. */
export interface RecordPage {
  readonly language: AppLocale;
  readonly texts: RecordPageTexts;
  readonly record: TenderRecord;
  readonly origin: string;
  /** Title of the tender; null for a record of the registry itself. */
  readonly title: string | null;
  /** By the registry's clock, RFC 3339. */
  readonly time: string;
  /** 64 hex digits. */
  readonly commitment: string;
  /** Where the record is in the log. */
  readonly log: string;
  /** The first anchor that covers it; null as long as there is none. */
  readonly anchor: PrintedAnchor | null;
  readonly chain: { readonly id: number; readonly contract: string };
  /** Address of the page that verifies this record, as text and as code. */
  readonly verifyUrl: string;
  /** What only this kind of page says: after the filer, after the filing, after the commitment, at the end. */
  readonly own: Partial<Record<'role' | 'filed' | 'promise' | 'end', readonly Fact[]>>;
  readonly paragraphs: readonly string[];
}

/** The frame that all of them share: what was filed, where it is in the log and on chain, its documents, and the code. */
export function recordPage(page: RecordPage): SimpleDocument {
  const { language, texts: t, record, origin, paragraphs, verifyUrl } = page;
  const documents = record.documents.map(({ title, size, sha256 }) => [
    title,
    String(size),
    shortDigits(sha256),
  ]);
  return {
    language,
    title: t.title,
    subtitle: t.subtitle,
    facts: [...filedFacts(page), ...proofFacts(page)],
    tables: documents.length === 0 ? [] : [{ title: t.documents, head: t.documentHead, rows: documents }],
    paragraphs,
    code: verifyUrl,
    footer: `${origin} · ${record.id}`,
  };
}

function filedFacts({ language, texts: t, record, title, time, own }: RecordPage): Fact[] {
  const { type, ocid, unit } = record;
  const facts: (Fact | false)[] = [
    [t.what, recordTitle(type, language)],
    [t.by, filer(record)],
    ...(own.role ?? []),
    title !== null && [t.subject, title],
    ocid !== undefined && [t.process, ocid],
    unit !== undefined && [t.unit, unitName(unit)],
    [t.time, instant(time)],
    ...(own.filed ?? []),
  ];
  return facts.filter((fact) => fact !== false);
}

function proofFacts({ texts: t, commitment, log, anchor, chain, own }: RecordPage): Fact[] {
  return [
    [t.commitment, digits(commitment)],
    ...(own.promise ?? []),
    [t.log, log],
    [t.chain, anchor === null ? t.notAnchored : anchored(anchor, t)],
    [t.contract, `${chain.id} · ${chain.contract}`],
    ...(own.end ?? []),
  ];
}

const anchored = ({ index, time, blockNumber, transaction }: PrintedAnchor, t: RecordPageTexts): string =>
  `${t.anchored(index, instant(time), blockNumber)}\n${digits(transaction)}`;
