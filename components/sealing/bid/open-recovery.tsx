'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextInput } from '@/components/ui/text-input';
import { openRecoveryFile, readRecoveryFile } from '@/lib/browser/keys/recovery-file';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import type { RecoveryContent } from '@/lib/sealing/recovery';
import { useAttempt } from '../use-attempt';
import { useStepPlace } from './step-place';
import { useBidRefusal } from './use-bid-refusal';

/** A recovery file that is needed: the key of a submission, and what the reader calls that submission. */
export interface WantedRecovery {
  readonly bidKey: string;
  readonly label: string;
}

interface OpenRecoveryProps {
  /** Those that are still to be opened; the first is asked for, and any of them is taken. */
  wanted: readonly WantedRecovery[];
  onOpen: (content: RecoveryContent, bidKey: string) => void;
}

/** Larger files are not recovery files; reading them would only cost memory. */
const MAX_SIZE = 1_000_000;

/** Opens recovery files in this browser, one after another: those it kept itself, or those that are chosen. */
export function OpenRecovery({ wanted, onOpen }: OpenRecoveryProps) {
  const t = useTranslations('bid.recovery');
  const { bid } = useStepPlace();
  const refusalOf = useBidRefusal();
  const { state, run, refuse, clear } = useAttempt();
  const [chosen, setChosen] = useState<{ name: string; bidKey: string; text: string } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [first] = wanted;
  const here = bid.draft.recoveries.find(({ bidKey }) => bidKey === first?.bidKey) ?? null;
  const file = chosen ?? here;

  const choose = async ([picked]: File[]) => {
    if (picked === undefined) return;
    try {
      const text = picked.size > MAX_SIZE ? '' : await picked.text();
      const { bidKey } = readRecoveryFile(text);
      if (!wanted.some((one) => one.bidKey === bidKey))
        return refuse({ code: 'other-recovery', fieldErrors: { recoveryFile: t('other') } });
      setChosen({ name: picked.name, bidKey, text });
      clear();
    } catch (error) {
      const { code, message } = refusalOf(error);
      refuse({ code, fieldErrors: { recoveryFile: message } });
    }
  };
  const open = () =>
    run(async () => {
      if (file === null)
        return { ok: false, code: 'invalid', message: '', fieldErrors: { recoveryFile: t('required') } };
      try {
        onOpen(await openRecoveryFile(file.text, passphrase, workerLock), file.bidKey);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal.code !== 'wrong-passphrase') return refusal;
        return { ...refusal, message: '', fieldErrors: { recoveryPassphrase: refusal.message } };
      }
      setChosen(null);
      setPassphrase('');
      return undefined;
    });
  if (first === undefined) return null;
  return (
    <div className="flex max-w-measure flex-col gap-5" data-testid="open-recovery">
      <ErrorSummary {...state} />
      <p>
        {t('for')} <strong>{first.label}</strong>
      </p>
      {here !== null && chosen === null ? <Notice>{t('here')}</Notice> : null}
      {chosen === null ? null : <Notice live>{t('chosen', { name: chosen.name })}</Notice>}
      <FileDrop
        name="recoveryFile"
        label={t(here === null ? 'file' : 'otherFile')}
        hint={t('hint')}
        accept="application/json,.json"
        error={state.fieldErrors.recoveryFile}
        onFiles={(files) => void choose(files)}
      />
      <TextInput
        name="recoveryPassphrase"
        type="password"
        label={t('passphrase')}
        error={state.fieldErrors.recoveryPassphrase}
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
        onKeyDown={(event) => {
          // This stands inside the form of a step, which Enter would send.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void open();
        }}
      />
      <div>
        <Button variant="secondary" aria-disabled={state.pending} onClick={() => void open()}>
          {state.pending ? t('opening') : t('open')}
        </Button>
      </div>
    </div>
  );
}
