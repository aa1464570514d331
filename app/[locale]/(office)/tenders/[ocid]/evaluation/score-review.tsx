import { useTranslations } from 'next-intl';
import { Table } from '@/components/ui/table';
import type { ScoredBid, ScoredCriterion } from './score-cells';

interface Row {
  bid: string;
  criterion: string;
  score: number;
  comment: string;
}

interface ScoreReviewProps {
  bids: readonly ScoredBid[];
  criteria: readonly ScoredCriterion[];
  scores: readonly Row[];
}

/** The whole sheet once more before it is filed. */
export function ScoreReview({ bids, criteria, scores }: ScoreReviewProps) {
  const t = useTranslations('office.evaluation.sheet');
  return (
    <Table<Row>
      caption={t('review')}
      captionHidden
      rows={scores}
      rowKey={(row) => `${row.bid}.${row.criterion}`}
      columns={[
        {
          key: 'bid',
          header: t('bid'),
          rowHeader: true,
          cell: (row) => bids.find((b) => b.bid === row.bid)?.name ?? '',
        },
        {
          key: 'criterion',
          header: t('criterion'),
          cell: (row) => criteria.find((c) => c.id === row.criterion)?.title ?? '',
        },
        { key: 'comment', header: t('comment'), cell: (row) => row.comment || '–' },
        { key: 'score', header: t('score'), numeric: true, cell: (row) => row.score },
      ]}
    />
  );
}
