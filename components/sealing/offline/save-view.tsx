'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { downloadBlob } from '@/lib/browser/keys/download';
import { envelopeName, type OfflineSealed } from '@/lib/browser/offline/seal-offline';
import { formatBytes } from '@/lib/i18n/format';
import { recoveryName } from '../bid/recoveries';
import { StepHeading } from '../bid/step-frame';
import { useStepPlace } from '../bid/step-place';
import { useUnitLabel } from '../bid/unit-label';

interface SaveViewProps {
  sealed: OfflineSealed;
  ocid: string;
  onTaken: (all: boolean) => void;
  onChange: () => void;
}

interface Saveable {
  readonly name: string;
  readonly title: string;
  readonly hint?: string;
  readonly sha256?: string;
  readonly blob: Blob;
}

/** Some browsers keep only the last of several downloads that are begun at once. */
const APART_MS = 300;

const json = (text: string) => new Blob([text], { type: 'application/json' });

/** What there is to be saved: what is handed in, and what is kept. */
function useSaveables({ envelopes, submission, recovery, bidKey }: OfflineSealed) {
  const t = useTranslations('sealer.save');
  const labelOf = useUnitLabel();
  const { tender } = useStepPlace();
  const handed: Saveable[] = [
    { name: 'submission.json', title: t('submission'), hint: t('submissionHint'), blob: json(submission) },
    ...envelopes.map((envelope) => ({
      name: envelopeName(tender, envelope),
      title: labelOf(envelope) || t('envelope'),
      sha256: envelope.sha256,
      blob: envelope.envelope,
    })),
  ];
  const kept: Saveable = { name: recoveryName(bidKey), title: t('recovery'), blob: json(recovery) };
  return { handed, kept };
}

/** The bid is sealed: the files to take along, the file to keep, and what to do with them. */
export function SaveView({ sealed, ocid, onTaken, onChange }: SaveViewProps) {
  const t = useTranslations('sealer.save');
  const { handed, kept } = useSaveables(sealed);
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const all = [kept, ...handed];
  const save = (files: readonly Saveable[]) => {
    files.forEach(({ name, blob }, at) => setTimeout(() => downloadBlob(name, blob), at * APART_MS));
    const now = new Set([...saved, ...files.map(({ name }) => name)]);
    setSaved(now);
    onTaken(all.every(({ name }) => now.has(name)));
  };
  const done = all.every(({ name }) => saved.has(name));
  return (
    <section className="flex max-w-3xl flex-col gap-8" data-testid="sealed-offline">
      <div className="flex flex-col gap-4">
        <StepHeading title={t('title')} />
        <Notice tone={done ? 'ok' : 'warn'} live className="max-w-measure">
          {t(done ? 'done' : 'notYet')}
        </Notice>
      </div>
      <section aria-labelledby="keep" className="flex flex-col gap-3">
        <h3 id="keep" className="text-lg">
          {t('keepTitle')}
        </h3>
        <p className="max-w-measure text-ink-soft">{t('keepBody')}</p>
        <Files primary files={[kept]} saved={saved} onSave={save} />
      </section>
      <section aria-labelledby="hand-in" className="flex flex-col gap-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h3 id="hand-in" className="text-lg">
            {t('handTitle')}
          </h3>
          <Button onClick={() => save(handed)}>{t('saveThese', { count: handed.length })}</Button>
        </div>
        <p className="max-w-measure text-ink-soft">{t('handBody')}</p>
        <Files files={handed} saved={saved} onSave={save} />
      </section>
      <Next ocid={ocid} />
      <div data-print="hide">
        <ConfirmDialog
          trigger={t('change')}
          triggerVariant="secondary"
          title={t('changeTitle')}
          confirmLabel={t('change')}
          onConfirm={onChange}
        >
          <p>{t('changeBody')}</p>
        </ConfirmDialog>
      </div>
    </section>
  );
}

interface FilesProps {
  /** The buttons are what to do next. */
  primary?: boolean;
  files: readonly Saveable[];
  saved: ReadonlySet<string>;
  onSave: (files: readonly Saveable[]) => void;
}

function Files({ primary = false, files, saved, onSave }: FilesProps) {
  const t = useTranslations('sealer.save');
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {files.map((file) => (
        <li key={file.name} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <span className="min-w-0 flex-1 basis-72">
            <span className="font-semibold">{file.title}</span>
            {saved.has(file.name) ? <strong className="text-sm text-ok"> ({t('saved')})</strong> : null}
            <span className="block text-sm break-all text-ink-soft">
              {file.name}, <span className="whitespace-nowrap">{formatBytes(file.blob.size, locale)}</span>
            </span>
            {file.hint === undefined ? null : (
              <span className="block text-sm text-ink-soft">{file.hint}</span>
            )}
            {file.sha256 === undefined ? null : <Hash value={file.sha256} className="mt-1" />}
          </span>
          <Button
            variant={primary && !saved.has(file.name) ? 'primary' : 'secondary'}
            aria-label={t('saveWhat', { name: file.name })}
            onClick={() => onSave([file])}
          >
            {t('save')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const NEXT = ['copy', 'keep', 'sign-in', 'receipt'] as const;

/** What to do with the files, in order. */
function Next({ ocid }: { ocid: string }) {
  const t = useTranslations('sealer.save.next');
  return (
    <section aria-labelledby="next" className="flex max-w-measure flex-col gap-3">
      <h3 id="next" className="text-lg">
        {t('title')}
      </h3>
      <ol className="flex list-decimal flex-col gap-2 pl-6">
        {NEXT.map((step) => (
          <li key={step}>{t(step, { ocid })}</li>
        ))}
      </ol>
    </section>
  );
}
