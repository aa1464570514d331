'use client';

import { useTranslations } from 'next-intl';
import type { CheckedReceipt } from '@/lib/browser/verify/check-receipt';
import type { Verification } from '@/lib/evidence/verify';
import { STAGES } from '@/lib/record/record';
import type { NoticeTone } from '../ui/notice';
import type { CheckState } from './checks';

export const VERDICT_TONES: Record<Verification['verdict']['outcome'], NoticeTone> = {
  proven: 'ok',
  pending: 'info',
  unchecked: 'warn',
  refuted: 'bad',
};

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

  const sentence = ({ verdict }: Verification, withFile: boolean): string => {
    const about = withFile ? 'file' : 'record';
    const { facts, outcome } = verdict;
    if (facts === null || outcome === 'refuted') return t(`verify.verdict.refuted.${about}`);
    return t(`verify.verdict.${outcome}.${about}`, {
      record: typeName(facts.type),
      role: roleName(facts.role),
    });
  };

  const receiptSentence = ({ holds, receipt: { entry } }: CheckedReceipt): string =>
    holds
      ? t('verify.receipt.holds', {
          record: typeName(entry.record.type),
          role: roleName(entry.record.actor.role),
        })
      : t('verify.receipt.refuted');

  /** What is read out when a file is done. */
  const announcement = (name: string, state: CheckState): string => {
    const say = (verdict: string): string => t('verify.announce', { name, verdict });
    if (state.phase === 'refused') return say(t(`verify.secret.${state.kind}.title`));
    if (state.phase === 'failed') return say(t('verify.failed.title'));
    if (state.phase !== 'done') return '';
    if (state.outcome.kind === 'unknown') return say(t('verify.unknown.title'));
    if (state.outcome.kind === 'not-evidence') return say(t('verify.notEvidence.title'));
    if (state.outcome.kind === 'not-receipt') return say(t('verify.notReceipt.title'));
    if (state.outcome.kind === 'receipt') return say(receiptSentence(state.outcome.checked));
    return say(state.outcome.results.map((r) => sentence(r.verification, r.file !== null)).join(' '));
  };

  return { sentence, receiptSentence, stageName, announcement };
}
