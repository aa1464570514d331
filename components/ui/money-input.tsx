import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { Field, fieldAria, splitFieldProps, type FieldProps } from './field';

type MoneyInputProps = FieldProps &
  Omit<ComponentProps<'input'>, 'id' | 'name' | 'type'> & {
    /** A fixed currency (ISO 4217), shown before the amount … */
    currency?: string | undefined;
    /** … or several to choose from, under a form name of its own. */
    currencies?: readonly string[] | undefined;
    currencyName?: string | undefined;
    defaultCurrency?: string | undefined;
  };

/** An amount as decimal text: never a number field, whose value browsers round and scroll wheels change. */
export function MoneyInput({
  currency,
  currencies,
  currencyName,
  defaultCurrency,
  ...props
}: MoneyInputProps) {
  const t = useTranslations('ui');
  const { field, rest } = splitFieldProps(props);
  const { className: _own, ...input } = rest;
  return (
    <Field {...field}>
      <div className="flex max-w-80">
        {currency ? (
          <span className="flex items-center rounded-l-md border border-r-0 border-line-strong bg-sunken px-3 text-ink-soft">
            {currency}
          </span>
        ) : null}
        {currencies ? (
          <select
            name={currencyName}
            defaultValue={defaultCurrency}
            aria-label={t('currency')}
            className="control w-auto rounded-r-none border-r-0 bg-sunken"
          >
            {currencies.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        ) : null}
        <input
          {...input}
          {...fieldAria(field)}
          name={field.name}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className="control min-w-0 flex-1 text-right not-first:rounded-l-none"
        />
      </div>
    </Field>
  );
}
