'use client';

import { useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import type { NoticeDraft } from '@/lib/record/notice';
import { RowList } from './row-list';
import type { SectionFields } from './section-form';

type Statement = NoticeDraft['statements'][number];

/** What every bidder confirms: that it may take part, and what its bid promises. */
export function StatementsEditor({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft.statements');
  return (
    <RowList<Statement>
      name="statements"
      rows={draft.statements}
      most={50}
      label={(n) => t('row', { n })}
      addLabel={t('add')}
      create={(id) => ({ id, kind: 'declaration', text: '' })}
      onChange={(statements) => change({ statements })}
      error={error('statements')}
    >
      {(statement, index, set) => (
        <div className="flex flex-col gap-4">
          <RadioGroup
            name={`statements.${index}.kind`}
            label={t('column.kind')}
            inline
            value={statement.kind}
            error={error(`statements.${index}.kind`)}
            onChange={(e) => set({ ...statement, kind: e.target.value })}
            options={(['eligibility', 'declaration'] as const).map((value) => ({
              value,
              label: t(`kind.${value}`),
              hint: t(`kindHint.${value}`),
            }))}
          />
          <TextArea
            name={`statements.${index}.text`}
            label={t('column.text')}
            rows={2}
            maxLength={1000}
            value={statement.text}
            error={error(`statements.${index}.text`)}
            onChange={(e) => set({ ...statement, text: e.target.value })}
          />
        </div>
      )}
    </RowList>
  );
}
