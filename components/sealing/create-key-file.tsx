'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { downloadText } from '@/lib/browser/keys/download';
import { createKeyFile, guardByPasskey, guardByPassphrase, type Guard } from '@/lib/browser/keys/key-file';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import { browserPasskey } from '@/lib/browser/keys/passkey';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import { emptyPassphrase, NewPassphrase, usePassphraseErrors } from './new-passphrase';
import { ProtectionField, type ProtectionChoice } from './protection-choice';
import { useAttempt } from './use-attempt';

interface CreateKeyFileProps {
  demonstration: boolean;
  onKey: (key: OpenedKey) => void;
}

interface Created {
  key: OpenedKey;
  text: string;
  name: string;
  choice: ProtectionChoice;
}

/** The ways in which the file is locked. The passkey comes first: what asks the person must follow the click at once. */
function guardsFor(choice: ProtectionChoice, passphrase: string, demonstration: boolean, keyName: string) {
  const byPassphrase = guardByPassphrase(passphrase, demonstration, workerLock);
  const byPasskey = guardByPasskey(browserPasskey(keyName, globalThis.location.hostname));
  const guards: Record<ProtectionChoice, [Guard, ...Guard[]]> = {
    both: [byPasskey, byPassphrase],
    passphrase: [byPassphrase],
    passkey: [byPasskey],
  };
  return guards[choice];
}

/** Makes a key file in the browser, saves it, and goes on only when the reader says that it is safe. */
export function CreateKeyFile({ demonstration, onKey }: CreateKeyFileProps) {
  const t = useTranslations('sealing.key');
  const passphraseErrors = usePassphraseErrors();
  const [choice, setChoice] = useState<ProtectionChoice>('passphrase');
  const [draft, setDraft] = useState(emptyPassphrase);
  const [created, setCreated] = useState<Created | null>(null);
  const { state, run } = useAttempt();

  const create = async (event: FormEvent) => {
    event.preventDefault();
    await run(async () => {
      const fieldErrors = choice === 'passkey' ? {} : passphraseErrors(draft);
      if (Object.keys(fieldErrors).length > 0)
        return { ok: false, code: 'invalid', message: '', fieldErrors };
      const seed = crypto.getRandomValues(new Uint8Array(32));
      const guards = guardsFor(choice, draft.passphrase, demonstration, t('passkeyName'));
      const made = await createKeyFile(seed, guards, demonstration);
      seed.fill(0);
      const name = `tenderproof-key-${made.key.publicKey.slice(0, 8)}.json`;
      downloadText(name, made.text);
      setCreated({ ...made, name, choice });
      return undefined;
    });
  };
  if (created !== null) return <SavedKeyFile created={created} onKey={onKey} />;
  return (
    <form noValidate onSubmit={(event) => void create(event)} className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <ProtectionField value={choice} onChange={setChoice} />
      {choice === 'passkey' ? null : (
        <NewPassphrase value={draft} onChange={setDraft} fieldErrors={state.fieldErrors} />
      )}
      {choice === 'passphrase' ? null : <p className="text-ink-soft">{t('protection.asksTwice')}</p>}
      <div>
        <Button type="submit" aria-disabled={state.pending}>
          {state.pending ? t('creating') : t('create')}
        </Button>
      </div>
    </form>
  );
}

function SavedKeyFile({ created, onKey }: { created: Created; onKey: (key: OpenedKey) => void }) {
  const t = useTranslations('sealing.key');
  const [saved, setSaved] = useState(false);
  const { state, refuse } = useAttempt();
  const goOn = (event: FormEvent) => {
    event.preventDefault();
    if (saved) onKey(created.key);
    else refuse({ fieldErrors: { saved: t('savedRequired') } });
  };
  return (
    <form noValidate onSubmit={goOn} className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <Notice tone="ok" title={t('created')} live>
        <p>{t('createdBody', { name: created.name })}</p>
        <p className="mt-2">
          {t('fingerprint')} <Hash value={created.key.publicKey} />
        </p>
      </Notice>
      <div>
        <Button variant="secondary" onClick={() => downloadText(created.name, created.text)}>
          {t('again')}
        </Button>
      </div>
      <Checkbox
        name="saved"
        label={t(`saved.${created.choice}`)}
        error={state.fieldErrors.saved}
        checked={saved}
        onChange={(event) => setSaved(event.target.checked)}
      />
      <div>
        <Button type="submit">{t('goOn')}</Button>
      </div>
    </form>
  );
}
