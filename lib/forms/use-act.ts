'use client';

import { useMessages, useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import type { Messages } from '@/lib/i18n/namespaces';
import type { ActResult, FieldErrors } from './act-result';
import { fieldErrorsOf } from './field-messages';

/** What this needs of a zod schema: its own type would tie the page to zod's whole code. */
export interface ActSchema<Output> {
  safeParse(
    input: unknown,
  ):
    | { success: true; data: Output }
    | { success: false; error: { issues: { code?: string; path: PropertyKey[]; message: string }[] } };
}

export interface ActOptions<Output, T extends object> {
  /** The same schema that the server's action parses with. */
  schema: ActSchema<Output>;
  /** A server action, or anything that answers like one. */
  action: (input: Output) => Promise<ActResult<T>>;
  /** After success; the form stays pending until it settles, so that nothing is sent twice on the way out. */
  onDone?: ((result: { ok: true } & T) => void | Promise<void>) | undefined;
}

export interface ActState {
  pending: boolean;
  /** The sentence for the whole act (refusals that are no field's). */
  message: string | null;
  /** The refusal's code, for tests and for help texts. */
  code: string | null;
  fieldErrors: FieldErrors;
  /** Grows with every refused attempt: the error summary takes the focus when it changes. */
  attempt: number;
}

const idle: ActState = { pending: false, message: null, code: null, fieldErrors: {}, attempt: 0 };

/**
 * Runs one act from a form: checks the input with the schema, then calls the action. Nothing typed is ever cleared,
 * and a second submit while one is under way does nothing (a double click must not file twice).
 */
export function useAct<Output, T extends object = object>(options: ActOptions<Output, T>) {
  const { schema, action, onDone } = options;
  const ui = useTranslations('ui');
  const invalid = useTranslations('ui.invalid');
  // Only pages with forms are given these texts; without them the generic sentences serve.
  const sentences = (useMessages() as Partial<Messages>).errors?.fields;
  const [state, setState] = useState<ActState>(idle);
  const running = useRef(false);

  const refuse = useCallback((code: string, message: string | null, fieldErrors: FieldErrors = {}) => {
    setState((before) => ({ pending: false, code, message, fieldErrors, attempt: before.attempt + 1 }));
  }, []);

  const submit = useCallback(
    async (input: unknown): Promise<void> => {
      if (running.current) return;
      const parsed = schema.safeParse(input);
      if (!parsed.success) {
        refuse('INVALID_INPUT', null, fieldErrorsOf(parsed.error.issues, invalid, sentences));
        return;
      }
      running.current = true;
      setState((before) => ({ ...before, pending: true }));
      try {
        const result = await action(parsed.data);
        if (!result.ok) {
          const { code, message, fieldErrors } = result;
          refuse(code, message, fieldErrors);
          return;
        }
        setState((before) => ({ ...idle, pending: true, attempt: before.attempt }));
        await onDone?.(result);
        setState((before) => ({ ...before, pending: false }));
      } catch (error) {
        // A redirect thrown by the router is its way to leave the page, not a failure.
        if (isNavigation(error)) throw error;
        refuse('UNREACHABLE', ui('failure'));
      } finally {
        running.current = false;
      }
    },
    [schema, action, onDone, refuse, ui, invalid, sentences],
  );

  const reset = useCallback(() => setState(idle), []);
  return { state, submit, reset };
}

function isNavigation(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'digest' in error &&
    typeof error.digest === 'string' &&
    error.digest.startsWith('NEXT_')
  );
}
