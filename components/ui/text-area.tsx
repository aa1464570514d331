import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { Field, fieldAria, splitFieldProps, type FieldProps } from './field';

/** Several lines of text with their label. */
export function TextArea(props: FieldProps & Omit<ComponentProps<'textarea'>, 'id' | 'name'>) {
  const { field, rest } = splitFieldProps(props);
  const { className, rows = 5, ...area } = rest;
  return (
    <Field {...field}>
      <textarea
        {...area}
        {...fieldAria(field)}
        name={field.name}
        rows={rows}
        className={classNames('control', className)}
      />
    </Field>
  );
}
