'use client';

import { useTranslations } from 'next-intl';
import { FieldSet } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import { languageNames } from '@/lib/i18n/routing';
import type { SectionFields } from './section-form';

const CATEGORIES = ['goods', 'works', 'services'] as const;

/** The text of the notice, who buys, and for how much. */
export function NoticeForm({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft');
  const categories = useTranslations('tenders.categories');
  return (
    <div className="flex max-w-measure flex-col gap-6">
      <TextInput
        name="title"
        label={t('field.title')}
        hint={t('hint.title')}
        value={draft.title}
        maxLength={300}
        error={error('title')}
        onChange={(e) => change({ title: e.target.value })}
      />
      <TextArea
        name="description"
        label={t('field.description')}
        hint={t('hint.description')}
        rows={8}
        maxLength={10_000}
        value={draft.description}
        error={error('description')}
        onChange={(e) => change({ description: e.target.value })}
      />
      <LanguageField draft={draft} change={change} error={error} />
      <RadioGroup
        name="mainProcurementCategory"
        label={t('field.category')}
        inline
        value={draft.mainProcurementCategory}
        error={error('mainProcurementCategory')}
        onChange={(e) => change({ mainProcurementCategory: e.target.value })}
        options={CATEGORIES.map((value) => ({ value, label: categories(value) }))}
      />
      <ValueFields draft={draft} change={change} error={error} />
      <TextInput
        name="budget.source"
        label={t('field.budget')}
        hint={t('hint.budget')}
        value={draft.budget.source}
        maxLength={300}
        error={error('budget.source')}
        onChange={(e) => change({ budget: { source: e.target.value } })}
      />
      <PeriodFields draft={draft} change={change} error={error} />
      <BuyerFields draft={draft} change={change} error={error} />
    </div>
  );
}

function LanguageField({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft');
  const own = Object.entries(languageNames).map(([value, label]) => ({ value, label }));
  // A template may be in a language that the pages do not speak; the notice keeps it.
  const other = own.some((o) => o.value === draft.language)
    ? []
    : [{ value: draft.language, label: draft.language }];
  return (
    <Select
      name="language"
      label={t('field.language')}
      hint={t('hint.language')}
      value={draft.language}
      error={error('language')}
      options={[...own, ...other.filter((o) => o.value !== '')]}
      onChange={(e) => change({ language: e.target.value })}
    />
  );
}

function ValueFields({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft');
  const setCurrency = (text: string) => {
    const currency = text.toUpperCase().slice(0, 3);
    change({ currency, value: { ...draft.value, currency } });
  };
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-4">
      <TextInput
        name="value.amount"
        label={t('field.value')}
        hint={t('hint.value')}
        inputMode="decimal"
        autoComplete="off"
        className="max-w-60 text-right"
        value={draft.value.amount}
        maxLength={20}
        error={error('value.amount')}
        onChange={(e) => change({ value: { ...draft.value, amount: e.target.value.trim() } })}
      />
      <TextInput
        name="currency"
        label={t('field.currency')}
        hint={t('hint.currency')}
        className="w-24 uppercase"
        autoComplete="off"
        value={draft.currency}
        maxLength={3}
        error={error('currency') ?? error('value.currency')}
        onChange={(e) => setCurrency(e.target.value)}
      />
    </div>
  );
}

function PeriodFields({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft');
  const { startDate = '', endDate = '' } = draft.contractPeriod ?? {};
  const set = (start: string, end: string) =>
    change({ contractPeriod: start === '' && end === '' ? undefined : { startDate: start, endDate: end } });
  return (
    <FieldSet
      name="contractPeriod"
      label={t('field.contractPeriod')}
      hint={t('hint.contractPeriod')}
      optional
    >
      <div className="mt-1 flex flex-wrap gap-x-6 gap-y-3">
        <TextInput
          name="contractPeriod.startDate"
          type="date"
          label={t('field.startDate')}
          className="w-fit"
          value={startDate}
          error={error('contractPeriod.startDate')}
          onChange={(e) => set(e.target.value, endDate)}
        />
        <TextInput
          name="contractPeriod.endDate"
          type="date"
          label={t('field.endDate')}
          className="w-fit"
          value={endDate}
          error={error('contractPeriod.endDate')}
          onChange={(e) => set(startDate, e.target.value)}
        />
      </div>
    </FieldSet>
  );
}

function BuyerFields({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft');
  return (
    <FieldSet name="buyer" label={t('field.buyer')} hint={t('hint.buyer')}>
      <div className="mt-1 flex flex-col gap-4">
        <TextInput
          name="buyer.name"
          label={t('field.buyerName')}
          value={draft.buyer.name}
          maxLength={300}
          error={error('buyer.name')}
          onChange={(e) => change({ buyer: { ...draft.buyer, name: e.target.value } })}
        />
        <TextInput
          name="buyer.id"
          label={t('field.buyerId')}
          hint={t('hint.buyerId')}
          value={draft.buyer.id}
          maxLength={200}
          error={error('buyer.id')}
          onChange={(e) => change({ buyer: { ...draft.buyer, id: e.target.value } })}
        />
        <p className="text-sm text-ink-soft">
          {t('hint.procuringEntity', { organization: draft.procuringEntity.name })}
        </p>
      </div>
    </FieldSet>
  );
}
