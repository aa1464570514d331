import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { Field, fieldAria, splitFieldProps, type FieldProps } from './field';

/** One line of text with its label. `className` is the control's: give it a width that fits the answer. */
export function TextInput(props: FieldProps & Omit<ComponentProps<'input'>, 'id' | 'name'>) {
  const { field, rest } = splitFieldProps(props);
  const { className, type = 'text', ...input } = rest;
  return (
    <Field {...field}>
      <input
        {...input}
        {...fieldAria(field)}
        name={field.name}
        type={type}
        className={classNames('control', className)}
      />
    </Field>
  );
}
