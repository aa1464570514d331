'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import type { AppLocale } from '@/lib/i18n/routing';
import { MAX_PACKAGE_LENGTH, readPackage, type PackageResult } from '@/lib/ocds/read-package';
import { draftFromRelease } from '@/lib/ocds/to-draft';
import type { NoticeDraft } from '@/lib/record/notice';
import { ReleaseList } from './release-list';
import { TemplatePreview } from './template-preview';

export interface TemplateSettings {
  organization: { id: string; name: string };
  rulePack: string;
  /** Seconds. */
  standstill: number;
  locale: AppLocale;
}

interface TemplateFileProps {
  settings: TemplateSettings;
  busy: boolean;
  onStart: (draft: NoticeDraft) => void;
}

interface Read {
  name: string;
  result: PackageResult;
  /** When it was read, in milliseconds: dates before it are of the past. */
  now: number;
}

/** An OCDS file, its releases, and what a draft takes from the chosen one. The file is not sent anywhere. */
export function TemplateFile({ settings, busy, onStart }: TemplateFileProps) {
  const t = useTranslations('draft.new');
  const [read, setRead] = useState<Read | null>(null);
  const [chosen, setChosen] = useState(0);
  const take = async (file: File | undefined) => {
    if (!file) return;
    // A text of UTF-8 has at most as many characters as bytes: what is too large is not read at all.
    const text = file.size > MAX_PACKAGE_LENGTH * 3 ? ' '.repeat(MAX_PACKAGE_LENGTH + 1) : await file.text();
    const result = readPackage(text);
    setRead({ name: file.name, result, now: Date.now() });
    setChosen(result.ok ? (result.releases.find((r) => r.hasTender)?.index ?? 0) : 0);
  };
  const refused = read && !read.result.ok ? read.result : null;
  const found = read?.result.ok ? read.result : null;
  const release = found?.releases[chosen];
  return (
    <div className="flex flex-col gap-6">
      <FileDrop
        name="ocds"
        label={t('file')}
        hint={t('fileHint')}
        accept=".json,.jsonl,application/json"
        disabled={busy}
        onFiles={(files) => void take(files[0])}
      />
      {read && refused ? (
        <Notice tone="bad" live title={t('refused', { name: read.name })}>
          <p>{refused.sentence[settings.locale]}</p>
          <p className="mt-1 text-sm">
            {t('refusedAt')} <code className="break-all font-mono">{refused.path}</code>
          </p>
        </Notice>
      ) : null}
      {read && found ? (
        <ReleaseList
          name={read.name}
          publisher={found.publisher}
          releases={found.releases}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : null}
      {read && found && release ? (
        <TemplatePreview
          {...draftFromRelease(release, found.publisher, {
            ...settings,
            now: read.now,
            language: settings.locale,
            currency: settings.locale === 'zh' ? 'CNY' : 'EUR',
            criterionTitles: { price: t('price'), quality: t('quality') },
          })}
          busy={busy}
          onStart={onStart}
        />
      ) : null}
    </div>
  );
}
