import type { Evidence } from '@/lib/evidence/format';
import commonEn from '@/lib/i18n/messages/en/common.json';
import commonZh from '@/lib/i18n/messages/zh/common.json';
import type { AppLocale } from '@/lib/i18n/routing';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { STAGES } from '@/lib/record/record';
import { certificateTexts } from './certificate-texts';
import { digits, filer, instant, recordTitle, shortDigits, unitName, type Fact } from './facts';
import type { SimpleDocument } from './simple-document';

export interface CertificateFacts {
  readonly evidence: Evidence;
  /** Title of the tender; null for a record of the registry itself. */
  readonly title: string | null;
  readonly chain: { readonly id: number; readonly contract: string };
  /** Address of the page that verifies this record. */
  readonly verifyUrl: string;
  readonly evidenceUrl: string;
}

const COMMON: Record<AppLocale, { roles: Readonly<Record<string, string>>; stage: Record<string, string> }> =
  {
    en: commonEn,
    zh: commonZh,
  };

/** What evidence says, on a page to print: it holds nothing that the evidence does not, and not the salt. */
export function certificateDocument(facts: CertificateFacts, language: AppLocale): SimpleDocument {
  const t = certificateTexts[language];
  const { evidence, verifyUrl, evidenceUrl: address } = facts;
  const { record } = evidence.entry;
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
    paragraphs: [t.paper, t.check(verifyUrl), t.without({ address, file: `${record.id}.evidence.json` })],
    code: verifyUrl,
    compact: true,
    footer: `${evidence.log.origin} · ${record.id}`,
  };
}

function filedFacts({ evidence, title }: CertificateFacts, language: AppLocale): Fact[] {
  const t = certificateTexts[language];
  const { record } = evidence.entry;
  const { type, actor, unit, ocid, time } = record;
  const facts: (Fact | false)[] = [
    [t.what, recordTitle(type, language)],
    [t.by, filer(record)],
    [t.role, COMMON[language].roles[actor.role] ?? actor.role],
    title !== null && [t.subject, title],
    ocid !== undefined && [t.process, ocid],
    unit !== undefined && [t.unit, unitName(unit)],
    [t.time, instant(time)],
  ];
  return facts.filter((fact) => fact !== false);
}

function proofFacts({ evidence, chain }: CertificateFacts, language: AppLocale): Fact[] {
  const t = certificateTexts[language];
  const { entry, salt, log, anchor } = evidence;
  const stage = stageFact(evidence, language);
  const facts: (Fact | false)[] = [
    [t.commitment, digits(toHex(commit(fromHex(salt), entry)))],
    [t.log, t.inLog(log.index, log.treeSize, log.origin)],
    [t.chain, anchor === null ? t.notAnchored : anchored(anchor, language)],
    [t.contract, `${chain.id} · ${chain.contract}`],
    stage !== null && [t.stage, stage],
  ];
  return facts.filter((fact) => fact !== false);
}

function anchored(anchor: NonNullable<Evidence['anchor']>, language: AppLocale): string {
  const { anchorIndex, time, blockNumber, transactionHash } = anchor;
  const when = instant(new Date(time * 1000).toISOString());
  return `${certificateTexts[language].anchored(anchorIndex, when, blockNumber)}\n${digits(transactionHash)}`;
}

/** Which stage the record is of, and whether the chain closed it; null for a record of no stage. */
function stageFact({ entry, stage }: Evidence, language: AppLocale): string | null {
  const t = certificateTexts[language];
  const own = entry.record.stage;
  if (own === undefined) return null;
  const name = COMMON[language].stage[STAGES[own] ?? ''] ?? String(own);
  return stage === null ? t.open(name) : t.closed(name, stage.round, stage.index, stage.count);
}
