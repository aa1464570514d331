'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { Checked, CheckOutcome } from '@/lib/browser/verify/check';
import type { CheckedReceipt } from '@/lib/browser/verify/check-receipt';
import { isName, plain } from '@/lib/browser/verify/quoted';
import { decisive, verdictOf, type VerdictKind } from '@/lib/browser/verify/verdict';
import type { Standing } from '@/lib/browser/verify/standing';
import type { VerdictFacts } from '@/lib/evidence/verify';
import { formatDateTime } from '@/lib/i18n/format';
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

type ProgramFacts = VerdictFacts & { readonly program: NonNullable<VerdictFacts['program']> };
const isProgram = (facts: VerdictFacts): facts is ProgramFacts => facts.program !== null;

/** Words for verdicts: the sentence that is shown first, and read out. */
export function useVerdict() {
  const t = useTranslations();
  const locale = useLocale();

  /** `role` and `type` come out of evidence that may be forged: one that has no words of ours is quoted as it is. */
  const roleName = (role: string): string => {
    const key = `verify.role.${role}` as 'verify.role.officer';
    return isName(role) && t.has(key) ? t(key) : plain(role);
  };
  const typeName = (type: string): string => {
    const key = `verify.type.${type}` as 'verify.type.award';
    const known = type !== 'other' && isName(type) && t.has(key);
    return known ? t(key) : t('verify.type.other', { type: plain(type) });
  };
  const stageName = (stage: number): string => {
    const name = STAGES[stage];
    return name === undefined ? String(stage) : t(`common.stage.${name}`);
  };

  /** What the registry itself published, by name and version. */
  const programSentence = (
    { time, program }: ProgramFacts,
    outcome: (typeof BY_STEPS)[keyof typeof BY_STEPS],
    about: 'file' | 'record',
  ): string => {
    const name = t(`verify.verdict.program.name.${program.name}`);
    const date = formatDateTime(time, locale, null);
    const words = { about, program: name, version: program.version, date };
    // Of no stage: what is on the chain of it is all there will be.
    return t(`verify.verdict.program.${outcome === 'anchored' ? 'pending' : outcome}`, {
      what: t('verify.verdict.program.what', words),
    });
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
    const outcome = kind in BY_STEPS ? BY_STEPS[kind as keyof typeof BY_STEPS] : 'unchecked';
    if (isProgram(facts)) return programSentence(facts, outcome, about);
    return t(`verify.verdict.${outcome}.${about}`, words);
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
