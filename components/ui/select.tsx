import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { Field, fieldAria, splitFieldProps, type FieldProps } from './field';

export interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
}

type SelectProps = FieldProps &
  Omit<ComponentProps<'select'>, 'id' | 'name' | 'children'> & {
    options: readonly Option[];
    /** Begins with an empty choice, so that nothing is chosen by accident. */
    blank?: boolean;
  };

/** One of many; for up to about six use radio buttons. */
export function Select({ options, blank = false, ...props }: SelectProps) {
  const t = useTranslations('ui');
  const { field, rest } = splitFieldProps(props);
  const { className, ...select } = rest;
  return (
    <Field {...field}>
      <select
        {...select}
        {...fieldAria(field)}
        name={field.name}
        className={classNames('control w-fit max-w-full pr-8', className)}
      >
        {blank ? <option value="">{t('chooseOne')}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
