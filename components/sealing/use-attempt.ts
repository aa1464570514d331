'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { KeyError } from '@/lib/browser/keys/key-error';
import type { ActRefusal, FieldErrors } from '@/lib/forms/act-result';
import { SealingError } from '@/lib/sealing/error';

export interface Attempt {
  pending: boolean;
  message: string | null;
  code: string | null;
  fieldErrors: FieldErrors;
  /** Grows with every refusal: the error summary then takes the focus. */
  attempt: number;
}

const idle: Attempt = { pending: false, message: null, code: null, fieldErrors: {}, attempt: 0 };

/** Says in the reader's language what was thrown by keys, sealer, network or disk. */
export function useRefusal(): (error: unknown) => ActRefusal {
  const t = useTranslations('sealing.errors');
  return useCallback(
    (error: unknown) => {
      if (error instanceof SealingError || error instanceof KeyError) {
        return { ok: false, code: error.code, message: t(error.code) };
      }
      return { ok: false, code: 'unreachable', message: t('unreachable') };
    },
    [t],
  );
}

/**
 * Runs a step that may be refused. A refusal, thrown or returned, is shown and nothing typed is lost; a second click
 * while one is under way does nothing.
 */
export function useAttempt() {
  const refusalOf = useRefusal();
  const [state, setState] = useState<Attempt>(idle);
  const running = useRef(false);

  const refuse = useCallback((refusal: Partial<Omit<ActRefusal, 'ok'>>) => {
    const { code = 'invalid', message = null, fieldErrors = {} } = refusal;
    setState((before) => ({ pending: false, code, message, fieldErrors, attempt: before.attempt + 1 }));
  }, []);

  const run = useCallback(
    async (work: () => Promise<ActRefusal | undefined>): Promise<boolean> => {
      if (running.current) return false;
      running.current = true;
      setState((before) => ({ ...idle, pending: true, attempt: before.attempt }));
      try {
        const refusal = await work();
        if (refusal !== undefined) refuse(refusal);
        else setState((before) => ({ ...idle, attempt: before.attempt }));
        return refusal === undefined;
      } catch (error) {
        refuse(refusalOf(error));
        return false;
      } finally {
        running.current = false;
      }
    },
    [refuse, refusalOf],
  );

  const clear = useCallback(() => setState((before) => ({ ...idle, attempt: before.attempt })), []);
  return { state, run, refuse, clear };
}
