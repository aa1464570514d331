'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Skeleton } from '@/components/ui/skeleton';
import type { FieldErrors } from '@/lib/forms/act-result';
import { useAct } from '@/lib/forms/use-act';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { actOn } from '../../../actions';
import { ScoreCells, type ScoredBid, type ScoredCriterion } from './score-cells';
import { ScoreReview } from './score-review';
import {
  cellKey,
  EMPTY_CELL,
  keepSheet,
  loadSheet,
  readScore,
  type Cell,
  type Sheet,
} from './score-sheet-state';

interface ScoreSheetFormProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  storageKey: string;
  bids: readonly ScoredBid[];
  criteria: readonly ScoredCriterion[];
  /** BCP 47, of the criteria. */
  language: string;
}

interface Score {
  bid: string;
  criterion: string;
  score: number;
  comment: string;
}

const never = () => () => undefined;
/** The cells were read one by one already; the server checks the whole again. */
const whole = {
  safeParse: (input: unknown) => ({ success: true as const, data: input as { scores: Score[] } }),
};

/** The sheet lives in this browser until it is filed, so it is drawn only there. */
export function ScoreSheetForm(props: ScoreSheetFormProps) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return inBrowser ? <Editor {...props} /> : <Skeleton lines={6} />;
}

function Editor({ ocid, unit, storageKey, bids, criteria, language }: ScoreSheetFormProps) {
  const t = useTranslations('office.evaluation.sheet');
  const router = useRouter();
  const [sheet, setSheet] = useState<Sheet>(() => loadSheet(storageKey));
  const [errors, setErrors] = useState<{ fields: FieldErrors; attempt: number }>({ fields: {}, attempt: 0 });
  const [reviewing, setReviewing] = useState(false);
  const { state, submit } = useAct<{ scores: Score[] }>({
    schema: whole,
    action: (input) => actOn({ ocid, unit, act: 'file-scores', input }),
    onDone: () => {
      keepSheet(storageKey, null);
      router.refresh();
    },
  });
  const change = (key: string, part: Partial<Cell>) => {
    const next = { ...sheet, [key]: { ...EMPTY_CELL, ...sheet[key], ...part } };
    setSheet(next);
    keepSheet(storageKey, next);
  };
  const scores = bids.flatMap(({ bid }) =>
    criteria.map(({ id }): Score & { valid: boolean } => {
      const cell = sheet[cellKey(bid, id)] ?? EMPTY_CELL;
      const score = readScore(cell.score);
      return { bid, criterion: id, score: score ?? 0, comment: cell.comment.trim(), valid: score !== null };
    }),
  );
  const review = () => {
    const wrong = scores.filter((s) => !s.valid);
    const name = (bid: string) => bids.find((b) => b.bid === bid)?.name ?? '';
    const title = (id: string) => criteria.find((c) => c.id === id)?.title ?? '';
    const fields = Object.fromEntries(
      wrong.map((s) => [
        cellKey(s.bid, s.criterion),
        t('wrong', { name: name(s.bid), criterion: title(s.criterion) }),
      ]),
    );
    setErrors((before) => ({ fields, attempt: before.attempt + 1 }));
    setReviewing(wrong.length === 0);
  };
  const file = () => submit({ scores: scores.map(({ valid: _valid, ...score }) => score) });
  if (reviewing)
    return (
      <div className="flex max-w-3xl flex-col gap-6">
        <ErrorSummary message={state.message} code={state.code} attempt={state.attempt} />
        <h3 className="text-lg">{t('review')}</h3>
        <ScoreReview bids={bids} criteria={criteria} scores={scores} />
        <div className="flex flex-wrap gap-3">
          <ConfirmDialog
            trigger={t('file')}
            title={t('confirmTitle')}
            confirmLabel={t('file')}
            onConfirm={file}
          >
            <p>{t('confirmBody')}</p>
          </ConfirmDialog>
          <Button variant="secondary" onClick={() => setReviewing(false)}>
            {t('back')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <ErrorSummary fieldErrors={errors.fields} attempt={errors.attempt} />
      <p className="text-sm text-ink-soft">{t('kept')}</p>
      {bids.map((bid) => (
        <ScoreCells
          key={bid.bid}
          bid={bid}
          criteria={criteria}
          language={language}
          sheet={sheet}
          errors={errors.fields}
          onChange={change}
        />
      ))}
      <div>
        <Button onClick={review}>{t('toReview')}</Button>
      </div>
    </div>
  );
}
