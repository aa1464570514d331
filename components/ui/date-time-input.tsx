'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fieldToInstant, instantToField } from '@/lib/i18n/zoned-time';
import { Field, fieldAria, type FieldProps } from './field';

type DateTimeInputProps = FieldProps & {
  /** RFC 3339. */
  defaultValue?: string | undefined;
  /** IANA zone that the field is read in; it is written beside the field. */
  zone?: string | undefined;
  disabled?: boolean | undefined;
  /** The instant (RFC 3339, UTC), or "" while the field names none. */
  onChange?: ((instant: string) => void) | undefined;
};

/** A date and time in a stated zone. The form receives the instant in UTC, not the wall clock. */
export function DateTimeInput({
  defaultValue = '',
  zone = 'UTC',
  disabled,
  onChange,
  ...field
}: DateTimeInputProps) {
  const t = useTranslations('ui');
  const [text, setText] = useState(() => instantToField(defaultValue, zone));
  // What is not a time yet goes to the form as typed, so that the schema refuses it by name.
  const instant = fieldToInstant(text, zone) ?? text;
  return (
    <Field {...field}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          {...fieldAria(field)}
          type="datetime-local"
          value={text}
          disabled={disabled}
          onChange={(event) => {
            setText(event.target.value);
            onChange?.(fieldToInstant(event.target.value, zone) ?? '');
          }}
          className="control w-fit max-w-full"
        />
        <span className="text-sm text-ink-soft">{t('timeIn', { zone })}</span>
      </div>
      <input type="hidden" name={field.name} value={instant} disabled={disabled} />
    </Field>
  );
}
