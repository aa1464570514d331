'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Namesake } from '@/lib/browser/verify/namesakes';
import type { FileFacts } from '@/lib/evidence/context';
import { formatBytes } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { Hash } from '../ui/hash';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';

/** No record contains these bytes: what that means, how the file differs from a namesake, and what to do. */
export function UnknownFile({ file, namesakes }: { file: FileFacts; namesakes: readonly Namesake[] }) {
  const t = useTranslations('verify.unknown');
  // Documents of no tender are programs; of one whose evidence could not be had nothing is known.
  const ofRegistry = namesakes.some(({ ocid, time }) => ocid === null && time !== null);
  return (
    <div data-verdict="unknown" className="flex flex-col gap-5">
      <Notice tone="bad" title={<span className="text-lg">{t('title')}</span>}>
        {namesakes.length === 0 ? null : (
          <p>{t(namesakes.some(({ size }) => size === file.size) ? 'namesakeSize' : 'namesake')}</p>
        )}
      </Notice>
      <dl className="flex flex-col gap-4">
        <Fingerprint
          label={namesakes.length === 0 ? t('computed') : t('yours')}
          sha256={file.sha256}
          size={file.size}
        />
        {namesakes.map(({ recordId, title, sha256, size, ocid, time, supersededOn }) => (
          <Fingerprint
            key={recordId + sha256}
            label={`${t('registered')}: ${title}`}
            sha256={sha256}
            size={size}
          >
            {time === null ? null : (
              <p className="text-sm">
                {ocid === null
                  ? t.rich('published', { time: () => <LocalTime instant={time} /> })
                  : t.rich('filed', { ocid, time: () => <LocalTime instant={time} /> })}{' '}
                {supersededOn === null
                  ? null
                  : t.rich('superseded', { time: () => <LocalTime instant={supersededOn} /> })}
              </p>
            )}
          </Fingerprint>
        ))}
      </dl>
      <div className="prose">
        <p>{t(file.size === null ? 'meansDigest' : 'means')}</p>
        {ofRegistry ? (
          <p className="font-semibold">{t('todoProgram')}</p>
        ) : (
          <>
            <p>{t('todo')}</p>
            <p data-print="hide">
              <Link href="/tenders">{t('tenders')}</Link>
            </p>
          </>
        )}
      </div>
    </div>
  );
}

interface FingerprintProps {
  label: string;
  sha256: string;
  size: number | null;
  children?: ReactNode;
}

function Fingerprint({ label, sha256, size, children }: FingerprintProps) {
  const locale = useLocale();
  return (
    <div>
      <dt className="font-semibold">{label}</dt>
      <dd>
        <Hash value={sha256} full />
        {size === null ? null : (
          <span className="ml-3 text-sm text-ink-soft">{formatBytes(size, locale)}</span>
        )}
        {children}
      </dd>
    </div>
  );
}
