'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import { Notice } from '@/components/ui/notice';
import { rankBids, type RankingInput } from '@/lib/ranking/rank';
import type { RankingRow } from '@/lib/record/catalogue';

const never = () => () => undefined;

/** The facts of a ranking in one text, whatever the order of the keys. */
const spelled = (rows: readonly RankingRow[]): string =>
  JSON.stringify(
    rows
      .map(({ bid, total, totalMicro, rank, points }) => [
        bid,
        total,
        totalMicro,
        rank,
        points.map((p) => [p.criterion, p.micro]).toSorted(),
      ])
      .toSorted(),
  );

/** Computes the ranking once more, in the reader's browser, and compares it with the published one. */
export function RankingCheck({
  input,
  published,
}: {
  input: RankingInput;
  published: readonly RankingRow[];
}) {
  const t = useTranslations('tender.ranking.check');
  // Never on the server: the sentence says that the reader's own browser computed it.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const verdict = useMemo(() => {
    if (!inBrowser) return 'waiting';
    return spelled(rankBids(input)) === spelled(published) ? 'same' : 'different';
  }, [inBrowser, input, published]);
  const counts = { bids: input.bids.length, sheets: input.sheets.length };
  if (verdict === 'waiting') return <p className="text-sm text-ink-soft">{t('waiting')}</p>;
  return (
    <div data-verdict={verdict}>
      <Notice tone={verdict === 'same' ? 'ok' : 'bad'} title={t(`${verdict}.title`)} live>
        <p>{t(`${verdict}.body`, counts)}</p>
      </Notice>
    </div>
  );
}
