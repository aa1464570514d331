'use client';

import { useTranslations } from 'next-intl';
import { Select, type Option } from '@/components/ui/select';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import type { NoticeDraft } from '@/lib/record/notice';
import { RowList } from './row-list';
import type { SectionFields } from './section-form';

type Item = NoticeDraft['items'][number];

/** What is to be bought, line by line: bidders write a price beside each. */
export function ItemsEditor({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft.items');
  const lots = draft.lots.map((lot, i) => ({
    value: lot.id,
    label: t('lotOption', { n: i + 1, title: lot.title }),
  }));
  return (
    <RowList<Item>
      name="items"
      rows={draft.items}
      most={200}
      label={(n) => t('row', { n })}
      addLabel={t('add')}
      create={(id) => ({ id, description: '', quantity: '1', unit: '' })}
      onChange={(items) => change({ items })}
      error={error('items')}
    >
      {(item, index, set) => <ItemFields item={item} index={index} set={set} error={error} lots={lots} />}
    </RowList>
  );
}

interface ItemFieldsProps {
  item: Item;
  index: number;
  set: (item: Item) => void;
  error: SectionFields['error'];
  /** The lots to choose from; empty where the tender has none. */
  lots: readonly Option[];
}

function ItemFields({ item, index, set, error, lots }: ItemFieldsProps) {
  const t = useTranslations('draft.items');
  const name = (field: string) => `items.${index}.${field}`;
  return (
    <div className="flex flex-col gap-4">
      <TextArea
        name={name('description')}
        label={t('column.description')}
        rows={2}
        maxLength={2000}
        value={item.description}
        error={error(name('description'))}
        onChange={(e) => set({ ...item, description: e.target.value })}
      />
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <TextInput
          name={name('quantity')}
          label={t('column.quantity')}
          inputMode="decimal"
          autoComplete="off"
          className="w-40 text-right"
          maxLength={20}
          value={item.quantity}
          error={error(name('quantity'))}
          onChange={(e) => set({ ...item, quantity: e.target.value.trim() })}
        />
        <TextInput
          name={name('unit')}
          label={t('column.unit')}
          className="w-52"
          maxLength={60}
          value={item.unit}
          error={error(name('unit'))}
          onChange={(e) => set({ ...item, unit: e.target.value })}
        />
      </div>
      {lots.length > 0 ? (
        <Select
          name={name('relatedLot')}
          label={t('column.relatedLot')}
          blank
          options={lots}
          value={item.relatedLot ?? ''}
          error={error(name('relatedLot'))}
          onChange={(e) => set(inLot(item, e.target.value))}
        />
      ) : null}
      <ClassificationFields item={item} index={index} set={set} error={error} />
    </div>
  );
}

/** An item of this lot; of none for ''. */
function inLot(item: Item, lot: string): Item {
  const { relatedLot: _old, ...rest } = item;
  return lot === '' ? rest : { ...rest, relatedLot: lot };
}

function ClassificationFields({ item, index, set, error }: Omit<ItemFieldsProps, 'lots'>) {
  const t = useTranslations('draft.items');
  const { scheme = '', id = '', description = '' } = item.classification ?? {};
  const name = (field: string) => `items.${index}.classification.${field}`;
  const put = (next: { scheme: string; id: string; description: string }) => {
    const { classification: _old, ...rest } = item;
    const blank = next.scheme === '' && next.id === '' && next.description === '';
    set(blank ? rest : { ...rest, classification: next });
  };
  const parts = [
    { field: 'scheme', value: scheme, max: 60, width: 'w-40' },
    { field: 'id', value: id, max: 60, width: 'w-40' },
    { field: 'description', value: description, max: 500, width: 'w-72 max-w-full' },
  ] as const;
  return (
    <details open={item.classification !== undefined}>
      <summary className="link min-h-11 w-fit cursor-pointer py-2">{t('classification')}</summary>
      <div className="mt-2 flex flex-wrap gap-x-6 gap-y-4">
        {parts.map((part) => (
          <TextInput
            key={part.field}
            name={name(part.field)}
            label={t(`classificationPart.${part.field}`)}
            className={part.width}
            maxLength={part.max}
            value={part.value}
            error={error(name(part.field))}
            onChange={(e) => put({ scheme, id, description, [part.field]: e.target.value })}
          />
        ))}
      </div>
    </details>
  );
}
