'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, type RefObject } from 'react';
import { Button } from '../ui/button';
import { CheckRow } from './check-row';
import type { CheckItem } from './checks';
import { Summary, useSummary } from './summary';
import { useVerdict } from './use-verdict';

interface ResultsProps {
  items: readonly CheckItem[];
  onStop: (id: number) => void;
  onStopAll: () => void;
  onAgain: () => void;
  onClear: () => void;
  onEvidence: (file: File) => void;
}

/** The summary first, then a row for each file; how it was found on demand, and at once where there is one file only. */
export function Results({ items, onStop, onStopAll, onAgain, onClear, onEvidence }: ResultsProps) {
  const t = useTranslations('verify');
  const list = useRef<HTMLOListElement>(null);
  useOpenForPrint(list);
  const summary = useSummary(items);
  return (
    <>
      <Spoken items={items} summary={summary.words} busy={summary.busy} />
      {items.length === 0 ? null : (
        <section aria-label={t('results')} className="flex flex-col gap-5">
          {items.length === 1 ? null : <Summary {...summary} onStopAll={onStopAll} />}
          <ol ref={list} className="flex flex-col gap-3">
            {items.map((item) => (
              <CheckRow
                key={item.id}
                item={item}
                alone={items.length === 1}
                onStop={onStop}
                onEvidence={onEvidence}
              />
            ))}
          </ol>
          <div data-print="hide" className="flex flex-wrap gap-3">
            <Button variant="secondary" onClick={() => window.print()}>
              {t('print')}
            </Button>
            <Button variant="secondary" onClick={() => onAgain()}>
              {t('again')}
            </Button>
            <Button variant="quiet" onClick={onClear}>
              {t('clear')}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}

/** Read out: the verdict on one file, or the summary of many once all are checked, so that nobody hears two thousand. */
function Spoken({ items, summary, busy }: { items: readonly CheckItem[]; summary: string; busy: boolean }) {
  const { announcement } = useVerdict();
  const [only] = items;
  const one = items.length === 1 && only !== undefined ? announcement(only) : '';
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {items.length > 1 ? (busy ? '' : summary) : one}
    </p>
  );
}

/** On paper nothing can be unfolded: whatever is folded within a shown result is opened first. */
function useOpenForPrint(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const open = (): void => {
      list.current?.querySelectorAll('details').forEach((details) => details.setAttribute('open', ''));
    };
    window.addEventListener('beforeprint', open);
    return () => window.removeEventListener('beforeprint', open);
  }, [list]);
}
