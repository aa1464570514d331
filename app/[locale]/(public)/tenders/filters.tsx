import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { languageNames } from '@/lib/i18n/routing';
import { CATEGORIES, isFiltered, PUBLIC_PHASES, type Search } from './search';

/** A plain GET form: what it asks for is in the address, and can be sent to somebody. */
export function Filters({ search, action }: { search: Search; action: string }) {
  const t = useTranslations('tenders');
  const phases = useTranslations('tender.phases');
  const languages = Object.entries(languageNames).map(([value, label]) => ({ value, label }));
  return (
    <form
      action={action}
      role="search"
      data-print="hide"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5"
    >
      <div>
        <label htmlFor="q" className="font-semibold">
          {t('search')}
        </label>
        <div className="mt-1.5 flex gap-2">
          <input
            id="q"
            name="q"
            type="search"
            maxLength={200}
            defaultValue={search.q ?? ''}
            className="control min-w-0 flex-1"
            enterKeyHint="search"
          />
          <Button type="submit">{t('submit')}</Button>
        </div>
      </div>
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <Filter
          name="phase"
          label={t('phase')}
          any={t('anyPhase')}
          value={search.phase}
          options={PUBLIC_PHASES.map((value) => ({ value, label: phases(`${value}.name`) }))}
        />
        <Filter
          name="category"
          label={t('category')}
          any={t('anyCategory')}
          value={search.category}
          options={CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
        />
        <Filter
          name="language"
          label={t('language')}
          any={t('anyLanguage')}
          value={search.language}
          options={languages}
        />
        {isFiltered(search) ? (
          <a href={action} className="link inline-flex min-h-11 items-center">
            {t('clear')}
          </a>
        ) : null}
      </div>
    </form>
  );
}

interface FilterProps {
  name: string;
  label: string;
  /** The first choice: not filtered. */
  any: string;
  value: string | undefined;
  options: { value: string; label: string }[];
}

function Filter({ name, label, any, value, options }: FilterProps) {
  return (
    <div className="flex min-w-40 flex-1 flex-col gap-1 sm:flex-none">
      <label htmlFor={name} className="text-sm text-ink-soft">
        {label}
      </label>
      <select id={name} name={name} defaultValue={value ?? ''} className="control pr-8">
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
