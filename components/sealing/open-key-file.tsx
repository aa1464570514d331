'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FileDrop } from '@/components/ui/file-drop';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { TextInput } from '@/components/ui/text-input';
import {
  openKeyFile,
  openKeyFileByPasskey,
  parseKeyFile,
  protectionOf,
  type KeyFile,
} from '@/lib/browser/keys/key-file';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import { browserPasskey } from '@/lib/browser/keys/passkey';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import { useAttempt, useRefusal } from './use-attempt';

interface OpenKeyFileProps {
  /** Ed25519 public key registered for this person; another key file is refused. */
  expectedKey?: string | undefined;
  onKey: (key: OpenedKey) => void;
}

/** Larger files are not key files; reading them would only cost memory. */
const MAX_SIZE = 20_000;

/** Opens a key file with its passkey or its passphrase, in this browser. */
export function OpenKeyFile({ expectedKey, onKey }: OpenKeyFileProps) {
  const t = useTranslations('sealing.key');
  const refusalOf = useRefusal();
  const [chosen, setChosen] = useState<{ name: string; file: KeyFile } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const { state, run, refuse, clear } = useAttempt();

  const choose = async (files: File[]) => {
    const [file] = files;
    if (file === undefined) return;
    try {
      const parsed = parseKeyFile(file.size > MAX_SIZE ? '' : await file.text());
      if (expectedKey !== undefined && parsed.publicKey !== expectedKey) {
        refuse({
          code: 'other-key',
          fieldErrors: { keyFile: t('notRegistered', { fingerprint: short(expectedKey) }) },
        });
        return;
      }
      setChosen({ name: file.name, file: parsed });
      clear();
    } catch (error) {
      const { code, message } = refusalOf(error);
      refuse({ code, fieldErrors: { keyFile: message } });
    }
  };
  const attempt = (open: (file: KeyFile) => Promise<OpenedKey>) =>
    run(async () => {
      if (chosen === null)
        return { ok: false, code: 'invalid', message: '', fieldErrors: { keyFile: t('required') } };
      try {
        onKey(await open(chosen.file));
        return undefined;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal.code !== 'wrong-passphrase') return refusal;
        return { ...refusal, message: '', fieldErrors: { passphrase: refusal.message } };
      }
    });
  const byPassphrase = chosen === null || protectionOf(chosen.file, 'passphrase') !== undefined;
  const byPasskey = chosen !== null && protectionOf(chosen.file, 'passkey') !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (byPassphrase) void attempt((file) => openKeyFile(file, passphrase, workerLock));
  };
  const usePasskey = () =>
    void attempt((file) =>
      openKeyFileByPasskey(file, browserPasskey(t('passkeyName'), globalThis.location.hostname)),
    );
  return (
    <form noValidate onSubmit={submit} className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <FileDrop
        name="keyFile"
        label={t('file')}
        hint={t('fileHint')}
        accept="application/json,.json"
        error={state.fieldErrors.keyFile}
        onFiles={(files) => void choose(files)}
      />
      {chosen === null ? null : (
        <Notice
          tone={chosen.file.demonstration ? 'warn' : 'info'}
          live
          title={t('chosen', { name: chosen.name })}
        >
          {chosen.file.demonstration ? <p>{t('demonstration')}</p> : null}
          <p>
            {t('fingerprint')} <Hash value={chosen.file.publicKey} />
          </p>
        </Notice>
      )}
      {byPasskey ? (
        <div className="flex flex-col items-start gap-4">
          <Button onClick={usePasskey} aria-disabled={state.pending}>
            {t('openByPasskey')}
          </Button>
          {byPassphrase ? <p className="text-ink-soft">{t('orPassphrase')}</p> : null}
        </div>
      ) : null}
      {byPassphrase ? (
        <>
          <TextInput
            name="passphrase"
            type="password"
            label={t('passphrase')}
            error={state.fieldErrors.passphrase}
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
          <div>
            <Button type="submit" variant={byPasskey ? 'secondary' : 'primary'} aria-disabled={state.pending}>
              {state.pending ? t('opening') : t('open')}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  );
}

function short(hex: string): string {
  return `${hex.slice(0, 6)}…${hex.slice(-6)}`;
}
