'use client';

import { useTranslations } from 'next-intl';
import type { Checked, CheckOutcome } from '@/lib/browser/verify/check';
import type { CheckedReceipt } from '@/lib/browser/verify/check-receipt';
import { decisive, verdictOf, type VerdictKind } from '@/lib/browser/verify/verdict';
import type { Standing } from '@/lib/browser/verify/standing';
import { STAGES } from '@/lib/record/record';
import { isSettled, verdictOfItem, type CheckItem } from './checks';

/** The sentences of verdicts that rest on the steps alone. */
const BY_STEPS = {
  genuine: 'proven',
  anchored: 'anchored',
  filed: 'unanchored',
  unchecked: 'unchecked',
  disputed: 'disputed',
} as const satisfies Partial<Record<VerdictKind, string>>;

/** Standings that are said first, instead of a plain yes. */
const BY_STANDING = ['superseded', 'earlier-round', 'replaced', 'withdrawn', 'cancelled', 'ended'] as const;
const firstSaid = (standing: Standing | null) => BY_STANDING.find((kind) => kind === standing?.kind);

/** Words for verdicts: the sentence that is shown first, and read out. */
export function useVerdict() {
  const t = useTranslations();

  /** `role` and `type` come out of evidence that may be forged: one that has no words of ours is quoted as it is. */
  const roleName = (role: string): string => {
    const key = `verify.role.${role}` as 'verify.role.officer';
    return t.has(key) ? t(key) : role;
  };
  const typeName = (type: string): string => {
    const key = `verify.type.${type}` as 'verify.type.award';
    return type !== 'other' && t.has(key) ? t(key) : t('verify.type.other', { type });
  };
  const stageName = (stage: number): string => {
    const name = STAGES[stage];
    return name === undefined ? String(stage) : t(`common.stage.${name}`);
  };

  /** What the record is, and whether that holds and still counts. */
  const sentence = (checked: Checked): string => {
    const { verification, file, standing } = checked;
    const about = file === null ? 'record' : 'file';
    const { facts } = verification.verdict;
    const kind = verdictOf(checked);
    if (facts === null || kind === 'refuted') return t(`verify.verdict.refuted.${about}`);
    const words = { record: typeName(facts.type), role: roleName(facts.role) };
    const since = firstSaid(standing);
    if (since !== undefined && kind !== 'disputed') return t(`verify.standing.${since}`, { about, ...words });
    return t(
      `verify.verdict.${kind in BY_STEPS ? BY_STEPS[kind as keyof typeof BY_STEPS] : 'unchecked'}.${about}`,
      words,
    );
  };

  const receiptSentence = ({ holds, receipt: { entry } }: CheckedReceipt): string =>
    holds
      ? t('verify.receipt.holds', {
          record: typeName(entry.record.type),
          role: roleName(entry.record.actor.role),
        })
      : t('verify.receipt.refuted');

  const outcomeSentence = (outcome: CheckOutcome): string => {
    switch (outcome.kind) {
      case 'unknown': {
        const [first] = outcome.namesakes;
        const named =
          first && t(`verify.unknown.${first.size === outcome.file.size ? 'namesakeSize' : 'namesake'}`);
        return [`${t('verify.unknown.title')}.`, named].filter(Boolean).join(' ');
      }
      case 'receipt':
        return receiptSentence(outcome.checked);
      case 'not-evidence':
        return t('verify.notEvidence.title');
      case 'not-receipt':
        return t('verify.notReceipt.title');
      case 'checked': {
        const first = decisive(outcome.results);
        return first === undefined ? '' : sentence(first);
      }
    }
  };

  /** One line for a file, whatever has become of it. */
  const rowSentence = (item: CheckItem): string => {
    const { state, file } = item;
    switch (state.phase) {
      case 'waiting':
        return t('verify.progress.waiting');
      case 'hashing':
        return '';
      case 'looking':
        return t('verify.progress.looking', { name: file.name });
      case 'refused':
        return t(`verify.secret.${state.kind}.title`);
      case 'failed':
        return t(`verify.failed.${state.code}`);
      case 'stopped':
        return t('verify.stopped');
      case 'covered':
        return t('verify.covered.title');
      case 'done':
        return verdictOfItem(item) === 'opened' ? t('verify.opened.title') : outcomeSentence(state.outcome);
    }
  };

  /** What is read out when a file is done. */
  const announcement = (item: CheckItem): string =>
    isSettled(item.state) && item.state.phase !== 'stopped'
      ? t('verify.announce', { name: item.file.name, verdict: rowSentence(item) })
      : '';

  return { sentence, receiptSentence, rowSentence, typeName, stageName, announcement };
}
