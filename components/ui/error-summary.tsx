'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { FieldErrors } from '@/lib/forms/act-result';

interface ErrorSummaryProps {
  /** Field id → what is wrong. */
  fieldErrors?: FieldErrors | undefined;
  /** What is wrong with the whole act. */
  message?: string | null | undefined;
  code?: string | null | undefined;
  /** Takes the focus whenever this changes. */
  attempt?: number | undefined;
}

/** What must be mended, at the top of the form, each entry leading to its field. */
export function ErrorSummary({ fieldErrors = {}, message, code, attempt = 0 }: ErrorSummaryProps) {
  const t = useTranslations('ui');
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(fieldErrors);
  const shown = entries.length > 0 || Boolean(message);
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, attempt]);
  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      data-code={code ?? undefined}
      className="rounded-lg border-2 border-bad bg-surface p-5 focus:outline-3 focus:outline-offset-2 focus:outline-bad"
    >
      <h2 className="text-lg">{t('errorSummary')}</h2>
      {message ? <p className="mt-2">{message}</p> : null}
      {entries.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-1">
          {entries.map(([id, text]) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => focusField(event, id)}
                className="font-semibold text-bad underline underline-offset-4"
              >
                <span ref={(name) => nameField(name, id)} />
                {text}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/**
 * Writes the field's label before its error. The label is in the document already, next to its field; handing it here
 * through every form would only let the two drift apart.
 */
function nameField(name: HTMLElement | null, id: string): void {
  const field = findField(id);
  if (!name || !field) return;
  const fieldset = field.matches('fieldset') ? field : null;
  const scope =
    fieldset?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const label = scope?.querySelector('[data-label]')?.textContent?.trim();
  name.textContent = label ? `${label}: ` : '';
}

function findField(id: string): HTMLElement | null {
  return document.getElementById(id) ?? document.getElementsByName(id)[0] ?? null;
}

function focusField(event: React.MouseEvent, id: string): void {
  const field = findField(id);
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: 'center' });
  const control = field.matches('fieldset')
    ? field.querySelector<HTMLElement>('input, select, textarea')
    : field;
  (control ?? field).focus();
}
