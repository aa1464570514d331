'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { bytesOf } from '@/lib/browser/drafts/draft';
import { sortFiles } from '@/lib/browser/bid/file-rules';
import { lotOf, openTasks, stepAfter } from '@/lib/browser/bid/plan';
import { formatBytes } from '@/lib/i18n/format';
import type { Part } from '@/lib/procedure/units';
import { useAttempt } from '../use-attempt';
import { useDraftRefusal } from '../use-draft-refusal';
import { CopyingFiles, FileList, RefusedFiles, type RefusedFile } from './file-lists';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';
import { UnitLabel } from './unit-label';

/** The documents of one envelope. What cannot be added is said beside its name; what is there stays. */
export function FilesStep({ lot, part }: { lot: string; part: Part }) {
  const t = useTranslations('bid.files');
  const locale = useLocale();
  const place = useStepPlace();
  const { bid, limits, groups, go } = place;
  const { state, refuse, clear } = useAttempt();
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const refusalOf = useDraftRefusal();
  const files = lotOf(bid.draft, lot).files[part] ?? [];
  const copying = bid.copying.filter((one) => one.lot === lot && one.part === part);

  const reject = (name: string, message: string) =>
    setRefused((before) => [...before, { id: crypto.randomUUID(), name, message }]);

  const add = async (chosen: File[]) => {
    clear();
    setRefused([]);
    const present = { envelope: [...files, ...copying], draft: bytesOf(bid.draft) };
    const sorted = sortFiles(chosen, present, limits);
    const size = formatBytes(limits.bytes, locale);
    for (const { file, fault } of sorted.refused)
      reject(file.name, t(`refused.${fault}`, { count: limits.files, size }));
    const added = sorted.accepted.map(async (file) => {
      const { error } = await bid.session.addFiles(lot, part, [file]);
      if (error !== null) reject(file.name, refusalOf(error).message);
    });
    await Promise.all(added);
  };
  const forward = () => {
    if (copying.length > 0) return refuse({ fieldErrors: { files: t('copying') } });
    const step = { name: 'files', lot, part } as const;
    const needed = part === 'technical' && openTasks(groups).some((task) => sameFiles(task.step, lot, part));
    if (needed) return refuse({ fieldErrors: { files: t('required') } });
    go(stepAfter(groups, step));
  };
  return (
    <StepFrame
      title={t(part === '' ? 'title' : `${part}Title`)}
      about={<UnitLabel lot={lot} part={part} />}
      lead={<p>{t(part === '' ? 'lead' : `${part}Lead`)}</p>}
      state={state}
      onSubmit={forward}
    >
      <div className="max-w-measure">
        <FileDrop
          name="files"
          label={t('files')}
          hint={t('hint', { count: limits.files, size: formatBytes(limits.bytes, locale) })}
          error={state.fieldErrors.files}
          multiple
          onFiles={(chosen) => void add(chosen)}
        />
      </div>
      <RefusedFiles refused={refused} onDismiss={() => setRefused([])} />
      <CopyingFiles copying={copying} onStop={(id) => bid.session.stopCopying(id)} />
      <FileList
        files={files}
        action={(file) => (
          <Button
            variant="quiet"
            aria-label={t('removeWhat', { name: file.name })}
            onClick={() => void bid.session.removeFile(file.id)}
          >
            {t('remove')}
          </Button>
        )}
      />
    </StepFrame>
  );
}

const sameFiles = (step: { name: string; lot?: string; part?: Part }, lot: string, part: Part): boolean =>
  step.name === 'files' && step.lot === lot && step.part === part;
