'use client';

import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import type { NoticeDraft } from '@/lib/record/notice';
import { RowList } from './row-list';
import type { SectionFields } from './section-form';

type Criterion = NoticeDraft['criteria'][number];

/** How bids are judged: one price, any number of qualities, weights that add up to 100. */
export function CriteriaEditor({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft.criteria');
  return (
    <div className="flex flex-col gap-6">
      <WeightSum criteria={draft.criteria} />
      <RowList<Criterion>
        name="criteria"
        rows={draft.criteria}
        most={20}
        label={(n) => t('row', { n })}
        addLabel={t('add')}
        create={(id) => ({ id, kind: 'quality', title: '', description: '', weight: 0 })}
        onChange={(criteria) => change({ criteria })}
        error={error('criteria')}
      >
        {(criterion, index, set) => (
          <CriterionFields criterion={criterion} index={index} set={set} error={error} />
        )}
      </RowList>
    </div>
  );
}

/** The weights as one bar; it fills the line when they add up to 100. */
function WeightSum({ criteria }: { criteria: readonly Criterion[] }) {
  const t = useTranslations('draft.criteria');
  const sum = criteria.reduce((total, c) => total + c.weight, 0);
  const right = sum === 100;
  return (
    <div>
      <p role="status" className={classNames('font-semibold', right ? 'text-ok' : 'text-warn')}>
        {right ? t('sumRight') : t(sum < 100 ? 'sumLess' : 'sumMore', { sum, rest: Math.abs(100 - sum) })}
      </p>
      <div aria-hidden="true" className="mt-2 flex h-3 gap-px overflow-hidden rounded-full bg-line">
        {criteria.map((c) => (
          <div
            key={c.id}
            className={c.kind === 'price' ? 'bg-accent' : 'bg-line-strong'}
            style={{ width: `${(c.weight * 100) / Math.max(100, sum)}%` }}
          />
        ))}
      </div>
    </div>
  );
}

interface CriterionFieldsProps {
  criterion: Criterion;
  index: number;
  set: (criterion: Criterion) => void;
  error: SectionFields['error'];
}

function CriterionFields({ criterion, index, set, error }: CriterionFieldsProps) {
  const t = useTranslations('draft.criteria');
  const name = (field: string) => `criteria.${index}.${field}`;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <div className="min-w-60 flex-1">
          <TextInput
            name={name('title')}
            label={t('column.title')}
            maxLength={200}
            value={criterion.title}
            error={error(name('title'))}
            onChange={(e) => set({ ...criterion, title: e.target.value })}
          />
        </div>
        <TextInput
          name={name('weight')}
          label={t('column.weight')}
          inputMode="numeric"
          autoComplete="off"
          className="w-24 text-right"
          value={criterion.weight === 0 ? '' : String(criterion.weight)}
          error={error(name('weight'))}
          onChange={(e) =>
            set({
              ...criterion,
              weight: Math.min(100, Number(e.target.value.replace(/\D/g, '').slice(0, 3))),
            })
          }
        />
      </div>
      <RadioGroup
        name={name('kind')}
        label={t('column.kind')}
        inline
        value={criterion.kind}
        error={error(name('kind'))}
        onChange={(e) => set({ ...criterion, kind: e.target.value })}
        options={(['price', 'quality'] as const).map((value) => ({
          value,
          label: t(`kind.${value}`),
          hint: t(`kindHint.${value}`),
        }))}
      />
      <TextArea
        name={name('description')}
        label={t('column.description')}
        optional
        rows={2}
        maxLength={2000}
        value={criterion.description}
        error={error(name('description'))}
        onChange={(e) => set({ ...criterion, description: e.target.value })}
      />
    </div>
  );
}
