'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { bytesOf } from '@/lib/browser/drafts/draft';
import type { DraftSession } from '@/lib/browser/drafts/draft-session';
import { downloadBlob } from '@/lib/browser/keys/download';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import { emptyPassphrase, NewPassphrase, usePassphraseErrors } from './new-passphrase';
import { TransferProgress, useTransfer } from './use-transfer';

/** The bid's own form has such fields too. */
const PREFIX = 'draft-';

/** The file's name tells nobody who bids for what. */
function fileName(now: Date): string {
  const [day = '', time = ''] = now.toISOString().split('T');
  return `tenderproof-draft-${day}-${time.slice(0, 5).replace(':', '')}.tpdraft`;
}

/** Saves the draft, with its files, as one encrypted file for a colleague or another computer. */
export function DraftExport({ session, demonstration }: { session: DraftSession; demonstration: boolean }) {
  const t = useTranslations('bidDraft.export');
  const [passphrase, setPassphrase] = useState(emptyPassphrase);
  const [saved, setSaved] = useState<string | null>(null);
  const passphraseErrors = usePassphraseErrors(PREFIX);
  const transfer = useTransfer();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaved(null);
    const fieldErrors = passphraseErrors(passphrase);
    if (Object.keys(fieldErrors).length > 0) return transfer.refuse({ fieldErrors });
    const protection = { passphrase: passphrase.passphrase, demonstration, lock: workerLock };
    await transfer.run(bytesOf(session.snapshot().draft), async (how) => {
      const file = await session.exportFile(protection, how);
      const name = fileName(new Date());
      downloadBlob(name, file);
      setSaved(name);
      setPassphrase(emptyPassphrase);
    });
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-5">
      <h3 className="text-lg">{t('heading')}</h3>
      <p className="text-ink-soft">{t('body')}</p>
      <ErrorSummary {...transfer.state} />
      <NewPassphrase
        value={passphrase}
        onChange={setPassphrase}
        fieldErrors={transfer.state.fieldErrors}
        prefix={PREFIX}
      />
      <TransferProgress transfer={transfer} label={t('working')} />
      {saved === null ? null : (
        <Notice tone="ok" live>
          {t('done', { name: saved })}
        </Notice>
      )}
      <Button type="submit" variant="secondary" aria-disabled={transfer.state.pending}>
        {t('submit')}
      </Button>
    </form>
  );
}
