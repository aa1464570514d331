import { useLocale, useTranslations } from 'next-intl';
import { CommandLine } from '@/components/tour/commands';
import { buttonClass } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { verifyCommand } from '@/lib/browser/tour/commands';
import { EXAMPLE_FILES } from '@/lib/browser/tour/files';
import { getPathname } from '@/lib/i18n/navigation';

/** The whole check at once, what it proves, and where to go on. */
export function Ending() {
  const t = useTranslations('tour');
  const locale = useLocale();
  const { evidence, original, registry } = EXAMPLE_FILES;
  return (
    <section aria-labelledby="end" className="mt-14 flex flex-col gap-4 border-t border-line pt-8">
      <h2 id="end" className="text-xl">
        {t('end.title')}
      </h2>
      <p className="max-w-measure">{t('end.body')}</p>
      <CommandLine label={t('commands.any')} text={verifyCommand(evidence, original, registry)} />
      <CommandLine
        label={t('commands.any')}
        text={verifyCommand('<evidence.json>', '<file>', '<descriptor.json>', '<node>')}
      />
      <p className="max-w-measure font-semibold">{t('end.proves')}</p>
      <p data-print="hide" className="flex flex-wrap gap-3">
        {/* A full load: /verify reads the chain, and has a security policy of its own. */}
        <a href={getPathname({ href: '/verify', locale })} className={buttonClass('primary')}>
          {t('end.verify')}
        </a>
        <ButtonLink href="/how-it-works" variant="secondary">
          {t('end.how')}
        </ButtonLink>
      </p>
    </section>
  );
}
