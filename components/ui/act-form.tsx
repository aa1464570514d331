'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import { formToInput } from '@/lib/forms/form-to-input';
import { useAct, type ActOptions, type ActState } from '@/lib/forms/use-act';
import { Button, type ButtonVariant } from './button';
import { ErrorSummary } from './error-summary';

export interface ActFormFields {
  /** What is wrong with the field of this path; give it to the field as `error`. */
  error: (path: string) => string | undefined;
  state: ActState;
}

type ActFormProps<Output, T extends object> = ActOptions<Output, T> & {
  submitLabel: ReactNode;
  submitVariant?: ButtonVariant | undefined;
  /** Beside the submit button: a second button, a way back. */
  secondary?: ReactNode;
  /** From the form's values to the schema's input; the default nests dotted names. */
  toInput?: ((form: FormData) => unknown) | undefined;
  className?: string | undefined;
  children: (fields: ActFormFields) => ReactNode;
};

/**
 * A form that carries out one act. Field names are the paths of the schema ("items.0.quantity"); fields are
 * uncontrolled and keep what was typed, whatever the answer.
 */
export function ActForm<Output, T extends object = object>(props: ActFormProps<Output, T>) {
  const {
    schema,
    action,
    onDone,
    submitLabel,
    submitVariant,
    secondary,
    toInput = formToInput,
    className,
    children,
  } = props;
  const t = useTranslations('ui');
  const { state, submit } = useAct<Output, T>({ schema, action, onDone });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void submit(toInput(new FormData(event.currentTarget)));
  };
  return (
    <form
      noValidate
      onSubmit={onSubmit}
      aria-busy={state.pending}
      className={className ?? 'flex max-w-measure flex-col gap-6'}
    >
      <ErrorSummary
        fieldErrors={state.fieldErrors}
        message={state.message}
        code={state.code}
        attempt={state.attempt}
      />
      {children({ error: (path) => state.fieldErrors[path], state })}
      <div className="flex flex-wrap items-center gap-3">
        {/* aria-disabled keeps the focus where it is while the act is under way. */}
        <Button type="submit" variant={submitVariant ?? 'primary'} aria-disabled={state.pending}>
          {state.pending ? t('working') : submitLabel}
        </Button>
        {secondary}
      </div>
    </form>
  );
}
