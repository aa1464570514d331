import { plain } from '../verify/quoted';
import type { CheckedReceipt, ReceiptStep } from '../verify/check-receipt';
import { formatExactTime } from '@/lib/i18n/format';
import type { Item } from './pairs';
import type { ResultView, StepView } from './result-view';
import type { Words } from './words';

/** What the card of a receipt says: whether the registry gave this promise, what it promised, and what it is good for. */
export function receiptView({ id, name }: Item, checked: CheckedReceipt, words: Words): ResultView {
  const { holds, receipt, steps } = checked;
  const { t } = words;
  const failed = steps.find((step) => !step.holds);
  return {
    key: `receipt-${id}/`,
    name,
    outcome: holds ? 'promised' : 'refuted',
    sentence: words.receiptSentence(holds, receipt.entry.record),
    why: failed === undefined ? null : t(`verify.receipt.fails.${failed.id}`),
    facts: holds ? promiseLines(checked, words) : [],
    meaning: holds ? `${t('verify.receipt.meaning')} ${t('verify.receipt.worth')}` : null,
    notAsked: null,
    nodes: [],
    disagreement: null,
    stepsTitle: t('verify.receipt.steps'),
    steps: steps.map((step) => stepView(step, words)),
    path: null,
  };
}

function promiseLines({ receipt, due }: CheckedReceipt, words: Words): string[] {
  const { t, locale } = words;
  const { record } = receipt.entry;
  const { time, sequencedBy, anchoredBy } = receipt.promise;
  // A promise is measured in seconds, so its times are shown to the second, in the registry's zone.
  const exact = (instant: string): string => formatExactTime(instant, locale);
  const anchored = t.markup('verify.receipt.anchoredBy', { time: () => exact(anchoredBy) });
  return [
    words.filedLine(time, record.actor.organization),
    words.placeLine(record.stage ?? null, record.ocid ?? null),
    t.markup('verify.receipt.sequencedBy', { time: () => exact(sequencedBy) }),
    `${anchored} ${t(due ? 'verify.receipt.due' : 'verify.receipt.notDue')}`,
  ];
}

function stepView({ id, holds, expected, found }: ReceiptStep, { t }: Words): StepView {
  const sides = {
    what: t(`verify.receipt.step.${id}`),
    expected: plain(expected) || '–',
    found: plain(found) || '–',
  };
  return {
    id,
    title: sides.what,
    outcome: holds ? 'pass' : 'fail',
    reason: holds ? '' : t(`verify.receipt.fails.${id}`),
    // Which key made a signature that does not verify cannot be known.
    compared: id === 'promise' && !holds ? [] : [sides],
    open: !holds,
  };
}
