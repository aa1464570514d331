import type { ComponentProps } from 'react';
import { Choice } from './choice';
import { classNames } from './class-names';
import { FieldNotes, type FieldProps } from './field';

type CheckboxProps = Omit<FieldProps, 'optional'> & Omit<ComponentProps<'input'>, 'id' | 'name' | 'type'>;

/** One yes or no. */
export function Checkbox({ name, id = name, label, hint, error, ...input }: CheckboxProps) {
  return (
    <div className={classNames('flex flex-col', error && 'border-l-4 border-bad pl-4')}>
      <FieldNotes id={`${id}-box`} error={error} />
      <Choice
        kind="checkbox"
        {...input}
        {...(error ? { 'aria-invalid': true } : {})}
        id={id}
        name={name}
        label={label}
        hint={hint}
      />
    </div>
  );
}
