import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { languageNames, languageTags } from '@/lib/i18n/routing';
import { fingerprintOf } from '@/lib/sealing/fingerprint';
import { FingerprintPicture } from './fingerprint-picture';

interface KeySetFingerprintProps {
  /** What members sign (`keySetDigest`), 64 hex digits: the same before and after the signatures. */
  digest: string;
}

/** The committee's keys as people compare them: words to read out, a picture to look at, and the whole digest. */
export function KeySetFingerprint({ digest }: KeySetFingerprintProps) {
  const t = useTranslations('sealing.fingerprint');
  const locale = useLocale();
  const { words, shapes } = fingerprintOf(digest);
  const other = locale === 'zh' ? 'en' : 'zh';
  return (
    <figure data-fingerprint={digest} className="flex max-w-3xl flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <FingerprintPicture shapes={shapes} />
        <div className="min-w-0 flex-1 basis-64">
          <ol className="grid grid-cols-2 gap-x-6 sm:grid-cols-4" aria-label={t('words')}>
            {words[locale].map((word, at) => (
              <li key={at} className="flex flex-col py-1">
                <span aria-hidden="true" className="text-xs text-ink-soft">
                  {at + 1}
                </span>
                <span className="text-lg font-semibold leading-tight">{word}</span>
              </li>
            ))}
          </ol>
          <p className="mt-2 text-sm text-ink-soft">
            {languageNames[other]}: <span lang={languageTags[other]}>{words[other].join(' ')}</span>
          </p>
        </div>
      </div>
      <Hash value={digest} full />
      <figcaption className="max-w-measure text-sm text-ink-soft">{t('hint')}</figcaption>
    </figure>
  );
}
