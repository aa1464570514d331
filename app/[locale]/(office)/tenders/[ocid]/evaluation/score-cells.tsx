import { useTranslations } from 'next-intl';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import type { FieldErrors } from '@/lib/forms/act-result';
import { cellKey, EMPTY_CELL, type Cell, type Sheet } from './score-sheet-state';

export interface ScoredBid {
  /** Commitment of the bid's record. */
  bid: string;
  name: string;
}

export interface ScoredCriterion {
  id: string;
  title: string;
  description: string;
  weight: number;
}

interface ScoreCellsProps {
  bid: ScoredBid;
  criteria: readonly ScoredCriterion[];
  language: string;
  sheet: Sheet;
  errors: FieldErrors;
  onChange: (key: string, part: Partial<Cell>) => void;
}

/** One bid on the sheet: a score and a comment for every quality criterion. */
export function ScoreCells({ bid, criteria, language, sheet, errors, onChange }: ScoreCellsProps) {
  const t = useTranslations('office.evaluation.sheet');
  return (
    <fieldset className="rounded-lg border border-line bg-surface p-5">
      <legend className="float-left w-full pb-2 text-lg font-semibold">{bid.name}</legend>
      <div className="clear-both flex flex-col divide-y divide-line">
        {criteria.map((criterion) => {
          const key = cellKey(bid.bid, criterion.id);
          const cell = sheet[key] ?? EMPTY_CELL;
          return (
            <div key={criterion.id} className="grid gap-x-6 gap-y-3 py-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
              <TextInput
                name={key}
                label={<span lang={language}>{criterion.title}</span>}
                hint={t('scoreHint', { weight: criterion.weight })}
                error={errors[key]}
                className="max-w-28"
                inputMode="numeric"
                autoComplete="off"
                maxLength={3}
                value={cell.score}
                onChange={(event) => onChange(key, { score: event.target.value })}
              />
              <TextArea
                name={`${key}.comment`}
                label={t('comment')}
                hint={
                  criterion.description ? <span lang={language}>{criterion.description}</span> : undefined
                }
                optional
                rows={2}
                maxLength={2000}
                value={cell.comment}
                onChange={(event) => onChange(key, { comment: event.target.value })}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
