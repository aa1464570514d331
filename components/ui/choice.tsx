import type { ComponentProps, ReactNode } from 'react';

type ChoiceProps = Omit<ComponentProps<'input'>, 'type'> & {
  kind: 'radio' | 'checkbox';
  id: string;
  label: ReactNode;
  hint?: ReactNode;
};

/** One radio button or checkbox with a label; the whole row is the target. */
export function Choice({ kind, id, label, hint, ...input }: ChoiceProps) {
  return (
    <label
      htmlFor={id}
      className="flex min-h-11 cursor-pointer items-start gap-3 rounded-md py-2 pr-3 has-disabled:cursor-not-allowed has-disabled:text-ink-soft"
    >
      <input
        {...input}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        id={id}
        type={kind}
        className="mt-0.5 size-6 shrink-0 accent-accent"
      />
      <span className="flex flex-col">
        <span data-label>{label}</span>
        {hint ? (
          <span id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}
