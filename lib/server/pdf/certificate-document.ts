import type { Evidence } from '@/lib/evidence/format';
import commonEn from '@/lib/i18n/messages/en/common.json';
import commonZh from '@/lib/i18n/messages/zh/common.json';
import type { AppLocale } from '@/lib/i18n/routing';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { STAGES } from '@/lib/record/record';
import { certificateTexts } from './certificate-texts';
import type { Fact } from './facts';
import { recordPage, type PrintedAnchor, type RecordPage } from './record-page';
import type { SimpleDocument } from './simple-document';

export interface CertificateFacts extends Pick<RecordPage, 'title' | 'chain' | 'verifyUrl'> {
  readonly evidence: Evidence;
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
  const { evidence, title, chain, verifyUrl, evidenceUrl: address } = facts;
  const { entry, salt, log, anchor } = evidence;
  const { record } = entry;
  const { role } = record.actor;
  const page = recordPage({
    ...{ language, texts: t, record, title, chain, verifyUrl },
    ...{ origin: log.origin, time: record.time },
    commitment: toHex(commit(fromHex(salt), entry)),
    log: t.inLog(log.index, log.treeSize, log.origin),
    anchor: anchor && printed(anchor),
    own: { role: [[t.role, COMMON[language].roles[role] ?? role]], end: stageFacts(evidence, language) },
    paragraphs: [t.paper, t.check(verifyUrl), t.without({ address, file: `${record.id}.evidence.json` })],
  });
  return { ...page, compact: true };
}

function printed(anchor: NonNullable<Evidence['anchor']>): PrintedAnchor {
  const { anchorIndex: index, time, blockNumber, transactionHash: transaction } = anchor;
  return { index, time: new Date(time * 1000).toISOString(), blockNumber, transaction };
}

/** Which stage the record is of, and whether the chain closed it; nothing for a record of no stage. */
function stageFacts({ entry, stage }: Evidence, language: AppLocale): Fact[] {
  const t = certificateTexts[language];
  const own = entry.record.stage;
  if (own === undefined) return [];
  const name = COMMON[language].stage[STAGES[own] ?? ''] ?? String(own);
  return [[t.stage, stage === null ? t.open(name) : t.closed(name, stage.round, stage.index, stage.count)]];
}
