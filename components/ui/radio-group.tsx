import type { ChangeEventHandler } from 'react';
import { Choice } from './choice';
import { FieldSet, type FieldProps } from './field';
import type { Option } from './select';

type RadioGroupProps = FieldProps & {
  options: readonly Option[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ChangeEventHandler<HTMLInputElement> | undefined;
  inline?: boolean;
};

/** One of few, all in sight. */
export function RadioGroup({
  options,
  defaultValue,
  value,
  onChange,
  inline = false,
  ...field
}: RadioGroupProps) {
  return (
    <FieldSet {...field}>
      <div className={inline ? 'flex flex-wrap gap-x-6' : 'flex flex-col'}>
        {options.map((option) => (
          <Choice
            key={option.value}
            kind="radio"
            id={`${field.id ?? field.name}-${option.value}`}
            name={field.name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            disabled={option.disabled}
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value, onChange })}
          />
        ))}
      </div>
    </FieldSet>
  );
}
