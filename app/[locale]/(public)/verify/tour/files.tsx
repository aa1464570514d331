import { useTranslations } from 'next-intl';
import { Marked } from '@/components/tour/digest';
import { EXAMPLE_FILES, fileAddress } from '@/lib/browser/tour/files';
import { differences } from '@/lib/browser/tour/fingerprint';
import type { TourData } from './read-tour';

/** The two documents, word for word. */
export function Documents({ tour: { example } }: { tour: TourData }) {
  const t = useTranslations('tour.documents');
  const { original, twin } = example;
  return (
    <>
      <p>{t('body', { count: differences(twin, original) })}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['original', 'twin'] as const).map((which) => (
          <figure
            key={which}
            className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 sm:p-5"
          >
            <figcaption className="font-semibold">{t(which)}</figcaption>
            <blockquote lang="en" className="grow">
              {which === 'original' ? original : <Marked text={twin} other={original} />}
            </blockquote>
            <a
              href={fileAddress(which)}
              download
              className="link inline-flex min-h-11 items-center"
              data-print="hide"
            >
              {t('save')}
            </a>
          </figure>
        ))}
      </div>
    </>
  );
}

/** The rest of the files, to be saved beside the documents. */
export function Files() {
  const t = useTranslations('tour');
  return (
    <>
      <p className="text-sm">{t('commands.folder')}</p>
      <ul>
        {(['evidence', 'saltedEntry', 'registry'] as const).map((name) => (
          <li key={name} className="py-1.5 text-sm">
            {t(`file.${name}`)}
            <br />
            <a href={fileAddress(name)} download className="link inline-block py-1 font-mono break-all">
              {EXAMPLE_FILES[name]}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the record says of the document, as it stands in the evidence; or only what to search for. */
export function RecordOfDocument({
  tour: { example, original },
  search = false,
}: {
  tour: TourData;
  search?: boolean;
}) {
  const t = useTranslations('tour.record');
  if (search)
    return (
      <>
        <p className="text-sm">{t('elsewhere')}</p>
        <code className="break-all font-mono text-sm">{original}</code>
      </>
    );
  const text = JSON.stringify(example.evidence.entry.record.documents[0], null, 2);
  return (
    <pre className="rounded-md bg-sunken px-3 py-2 font-mono text-sm whitespace-pre-wrap break-all">
      <code>{text}</code>
    </pre>
  );
}
