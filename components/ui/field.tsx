import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** What every field takes; `name` is also its id (unless given), so that the error summary finds it and its label. */
export interface FieldProps {
  name: string;
  id?: string | undefined;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Says "optional" beside the label. Fields are required unless they say so. */
  optional?: boolean | undefined;
}

/** The attributes that tie a control to its label, hint and error. */
export function fieldAria({
  name,
  id = name,
  hint,
  error,
}: Pick<FieldProps, 'name' | 'id' | 'hint' | 'error'>) {
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return {
    id,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  };
}

/** The hint and the error of a field, with the ids that `fieldAria` points at. */
export function FieldNotes({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: ReactNode;
  error?: string | undefined;
}) {
  const t = useTranslations('ui');
  return (
    <>
      {hint ? (
        <div id={`${id}-hint`} className="text-sm text-ink-soft">
          {hint}
        </div>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-sm font-semibold text-bad">
          <span className="sr-only">{t('error')}: </span>
          {error}
        </p>
      ) : null}
    </>
  );
}

export function Optional() {
  const t = useTranslations('ui');
  return <span className="font-normal text-ink-soft"> ({t('optional')})</span>;
}

/** Label, hint and error around one control, which takes `{...fieldAria(props)}`. */
export function Field({
  name,
  id = name,
  label,
  hint,
  error,
  optional,
  className,
  children,
}: FieldProps & { className?: string | undefined; children: ReactNode }) {
  return (
    <div className={classNames('flex flex-col gap-1.5', error && 'border-l-4 border-bad pl-4', className)}>
      <label htmlFor={id} className="font-semibold">
        <span data-label>{label}</span>
        {optional ? <Optional /> : null}
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
      {children}
    </div>
  );
}

/** Splits a control's props into the field's and the element's own. */
export function splitFieldProps<P extends FieldProps>(props: P) {
  const { name, id, label, hint, error, optional, ...rest } = props;
  return { field: { name, id, label, hint, error, optional }, rest };
}

/** A set of controls under one question. */
export function FieldSet({
  name,
  id = name,
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: ReactNode }) {
  const { 'aria-describedby': describedBy } = fieldAria({ name, id, hint, error }) as {
    'aria-describedby'?: string;
  };
  return (
    // The mark stands outside: a legend would interrupt the fieldset's own border.
    <div className={error ? 'border-l-4 border-bad pl-4' : undefined}>
      <fieldset id={id} tabIndex={-1} aria-describedby={describedBy} className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-semibold">
          <span data-label>{label}</span>
          {optional ? <Optional /> : null}
        </legend>
        <FieldNotes id={id} hint={hint} error={error} />
        {children}
      </fieldset>
    </div>
  );
}
