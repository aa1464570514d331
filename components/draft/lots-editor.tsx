'use client';

import { useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import type { NoticeDraft } from '@/lib/record/notice';
import { RowList } from './row-list';
import type { SectionFields } from './section-form';

type Lot = NoticeDraft['lots'][number];

/** Into which parts the tender is divided, and how many envelopes a bid has. */
export function LotsEditor({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft.lots');
  return (
    <div className="flex flex-col gap-10">
      <section aria-labelledby="lots-heading" className="flex flex-col gap-4">
        <h2 id="lots-heading" className="text-xl">
          {t('heading')}
        </h2>
        <p className="max-w-measure">{t(draft.lots.length === 0 ? 'none' : 'some')}</p>
        <RowList<Lot>
          name="lots"
          rows={draft.lots}
          most={100}
          label={(n) => t('row', { n })}
          addLabel={t('add')}
          create={(id) => ({ id, title: '', description: '' })}
          onChange={(lots) => change({ lots, items: withoutLost(draft.items, lots) })}
          error={error('lots')}
        >
          {(lot, index, set) => <LotFields lot={lot} index={index} set={set} error={error} />}
        </RowList>
      </section>
      <RadioGroup
        name="envelopes"
        label={t('envelopes')}
        hint={t('envelopesHint')}
        value={draft.envelopes}
        error={error('envelopes')}
        onChange={(e) => change({ envelopes: e.target.value })}
        options={(['one', 'two'] as const).map((value) => ({
          value,
          label: t(`envelopesKind.${value}`),
          hint: t(`envelopesKindHint.${value}`),
        }))}
      />
    </div>
  );
}

/** Items of a lot that was removed belong to none, until the officer says to which. */
function withoutLost(items: NoticeDraft['items'], lots: readonly Lot[]): NoticeDraft['items'] {
  const known = new Set(lots.map((lot) => lot.id));
  return items.map((item) => {
    if (item.relatedLot === undefined || known.has(item.relatedLot)) return item;
    const { relatedLot: _lost, ...rest } = item;
    return rest;
  });
}

interface LotFieldsProps {
  lot: Lot;
  index: number;
  set: (lot: Lot) => void;
  error: SectionFields['error'];
}

function LotFields({ lot, index, set, error }: LotFieldsProps) {
  const t = useTranslations('draft.lots.column');
  const name = (field: string) => `lots.${index}.${field}`;
  return (
    <div className="flex flex-col gap-4">
      <TextInput
        name={name('title')}
        label={t('title')}
        maxLength={300}
        value={lot.title}
        error={error(name('title'))}
        onChange={(e) => set({ ...lot, title: e.target.value })}
      />
      <TextArea
        name={name('description')}
        label={t('description')}
        optional
        rows={2}
        maxLength={2000}
        value={lot.description}
        error={error(name('description'))}
        onChange={(e) => set({ ...lot, description: e.target.value })}
      />
    </div>
  );
}
