'use client';

import { useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/radio-group';
import type { ReleaseChoice } from '@/lib/ocds/read-package';

interface ReleaseListProps {
  name: string;
  publisher: string;
  releases: readonly ReleaseChoice[];
  chosen: number;
  onChoose: (index: number) => void;
}

/** The releases of a package; several describe the same process at different times. */
export function ReleaseList({ name, publisher, releases, chosen, onChoose }: ReleaseListProps) {
  const t = useTranslations('draft.new');
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-ink-soft">
        {t('read', { name, count: releases.length, publisher: publisher || t('unknownPublisher') })}
      </p>
      <div className="max-h-96 overflow-y-auto">
        <RadioGroup
          name="release"
          label={t('choose')}
          value={String(chosen)}
          onChange={(event) => onChoose(Number(event.target.value))}
          options={releases.map((release) => ({
            value: String(release.index),
            label: release.title || t('untitled'),
            hint: [
              [release.date.slice(0, 10), release.tag.join(', ')].filter(Boolean).join(' · '),
              [release.buyer, `${release.ocid} / ${release.id}`].filter(Boolean).join(' · '),
            ].join(' · '),
          }))}
        />
      </div>
    </div>
  );
}
