'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextInput } from '@/components/ui/text-input';
import { inspectDraftFile } from '@/lib/browser/drafts/draft-file';
import type { DraftSession } from '@/lib/browser/drafts/draft-session';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import type { FieldErrors } from '@/lib/forms/act-result';
import { useDraftRefusal } from './use-draft-refusal';
import { TransferProgress, useTransfer } from './use-transfer';

interface DraftImportProps {
  session: DraftSession;
  /** There is something here that the file would replace: that must be agreed to. */
  replaces: boolean;
}

/** Takes in a draft that was saved as a file: it replaces the one that is here, wholly or not at all. */
export function DraftImport({ session, replaces }: DraftImportProps) {
  const t = useTranslations('bidDraft.import');
  const refusalOf = useDraftRefusal();
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [done, setDone] = useState(false);
  const transfer = useTransfer();

  const choose = async ([chosen]: File[]) => {
    setDone(false);
    try {
      if (chosen === undefined) return;
      await inspectDraftFile(chosen);
      setFile(chosen);
      transfer.clear();
    } catch (error) {
      setFile(null);
      const { code, message } = refusalOf(error);
      transfer.refuse({ code, fieldErrors: { draftFile: message } });
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fieldErrors: FieldErrors = {
      ...(file === null ? { draftFile: t('fileRequired') } : {}),
      ...(passphrase === '' ? { draftPassphrase: t('passphraseRequired') } : {}),
      ...(replaces && !agreed ? { draftReplace: t('replaceRequired') } : {}),
    };
    if (file === null || Object.keys(fieldErrors).length > 0) return transfer.refuse({ fieldErrors });
    const finished = await transfer.run(file.size, (how) =>
      session.importFile(file, { passphrase, lock: workerLock }, how),
    );
    if (!finished) return;
    setDone(true);
    setFile(null);
    setPassphrase('');
    setAgreed(false);
  };
  const { fieldErrors, pending } = transfer.state;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-5">
      <h3 className="text-lg">{t('heading')}</h3>
      <p className="text-ink-soft">{t('body')}</p>
      <ErrorSummary {...transfer.state} />
      <div className="w-full">
        <FileDrop
          name="draftFile"
          label={t('file')}
          hint={t('fileHint')}
          accept=".tpdraft"
          error={fieldErrors.draftFile}
          onFiles={(files) => void choose(files)}
        />
      </div>
      {file === null ? null : <Notice live>{t('chosen', { name: file.name })}</Notice>}
      <TextInput
        name="draftPassphrase"
        type="password"
        label={t('passphrase')}
        error={fieldErrors.draftPassphrase}
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      {replaces ? (
        <Checkbox
          name="draftReplace"
          label={t('replace')}
          error={fieldErrors.draftReplace}
          checked={agreed}
          onChange={(event) => setAgreed(event.target.checked)}
        />
      ) : null}
      <TransferProgress transfer={transfer} label={t('working')} />
      {done ? (
        <Notice tone="ok" live>
          {t('done')}
        </Notice>
      ) : null}
      <Button type="submit" variant="secondary" aria-disabled={pending}>
        {t('submit')}
      </Button>
    </form>
  );
}
