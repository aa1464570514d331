import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/i18n/navigation';
import { LocalTime } from '../ui/local-time';

interface PublishedProgramProps {
  /** The record by which the log holds the file that is offered beside this. */
  published: { readonly recordId: string; readonly time: string };
}

/** That a program is in the log, since when, and where that can be checked. */
export function PublishedProgram({ published: { recordId, time } }: PublishedProgramProps) {
  const t = useTranslations('ui.published');
  const locale = useLocale();
  // A full load where it leads away: /verify has a security policy of its own.
  const href = `${getPathname({ href: '/verify', locale })}#record=${recordId}`;
  return (
    <p data-published={recordId}>
      {t.rich('inLog', {
        time: () => <LocalTime instant={time} />,
        record: (text) => (
          <a href={href} className="link">
            {text}
          </a>
        ),
      })}
    </p>
  );
}
