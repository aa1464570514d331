'use client';

import { useLocale, useTranslations } from 'next-intl';
import { memo, useState } from 'react';
import { VERDICTS } from '@/lib/browser/verify/verdict';
import { formatBytes } from '@/lib/i18n/format';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { CheckBody } from './check-body';
import { isSettled, verdictOfItem, type CheckItem } from './checks';
import { useVerdict } from './use-verdict';

interface CheckRowProps {
  item: CheckItem;
  /** The only one: its details are shown at once. */
  alone: boolean;
  onStop: (id: number) => void;
  /** Evidence that was fetched for a receipt, to be checked as if it had been dropped. */
  onEvidence: (file: File) => void;
}

const EDGES = { ok: 'border-l-ok', info: 'border-l-accent', warn: 'border-l-warn', bad: 'border-l-bad' };

/** One file of the list: its name and its sentence; the details on demand. Two thousand of them stand on one page. */
export const CheckRow = memo(function CheckRow({ item, alone, onStop, onEvidence }: CheckRowProps) {
  const t = useTranslations('verify');
  const locale = useLocale();
  const { rowSentence } = useVerdict();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? alone;
  const verdict = verdictOfItem(item);
  const settled = isSettled(item.state);
  const { name, size } = item.file;
  const detail = `check-${item.id}`;
  return (
    <li
      data-check={item.state.phase}
      data-kind={verdict ?? undefined}
      className={classNames(
        'rounded-lg border border-l-4 border-line bg-surface px-4 py-3 sm:px-5',
        verdict === null ? '' : EDGES[VERDICTS[verdict]],
      )}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="min-w-0 text-base font-semibold [overflow-wrap:anywhere]">
          {item.path ?? name}{' '}
          {size === null ? null : (
            <span className="text-sm font-normal text-ink-soft">{formatBytes(size, locale)}</span>
          )}
        </h2>
        {settled ? (
          <Button
            variant="quiet"
            aria-expanded={open}
            aria-controls={detail}
            data-print="hide"
            onClick={() => setChosen(!open)}
          >
            {t(open ? 'row.less' : 'row.more')}
            <span className="sr-only">: {name}</span>
          </Button>
        ) : (
          <Button variant="quiet" onClick={() => onStop(item.id)}>
            {t('cancel')}
            <span className="sr-only">: {name}</span>
          </Button>
        )}
      </div>
      {settled && open ? null : <p className="text-ink-soft">{rowSentence(item)}</p>}
      {item.unopened ? <p className="text-sm text-warn">{t(`zip.${item.unopened}`)}</p> : null}
      <div id={detail} className={settled && !open ? 'hidden' : 'mt-3'}>
        {settled && !open ? null : <CheckBody item={item} onEvidence={onEvidence} />}
      </div>
    </li>
  );
});
