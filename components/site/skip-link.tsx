import { useTranslations } from 'next-intl';

/** For the keyboard: past the header. */
export function SkipLink() {
  const t = useTranslations('ui');
  return (
    <a
      href="#content"
      className="absolute left-4 top-2 z-50 -translate-y-24 rounded-md bg-accent px-4 py-2.5 font-semibold text-accent-ink focus:translate-y-0"
    >
      {t('skip')}
    </a>
  );
}
