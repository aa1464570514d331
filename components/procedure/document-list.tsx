import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { formatBytes } from '@/lib/i18n/format';
import { getPathname } from '@/lib/i18n/navigation';
import type { RecordDocument } from '@/lib/record/record';

/** The documents of a record: to download, and to verify without us. */
export function DocumentList({
  recordId,
  documents,
}: {
  recordId: string;
  documents: readonly RecordDocument[];
}) {
  const t = useTranslations('tender.documents');
  const locale = useLocale();
  // A full load: /verify has a security policy of its own.
  const verify = getPathname({ href: '/verify', locale });
  return (
    <ul className="divide-y divide-line border-y border-line">
      {documents.map((document) => (
        <li key={document.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <a
              href={`/api/v1/documents/${recordId}/${encodeURIComponent(document.id)}`}
              download
              lang={document.language}
              className="link break-words font-semibold"
            >
              {document.title}
            </a>
            <p className="text-sm text-ink-soft">
              {formatBytes(document.size, locale)} · {document.mediaType}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-x-5">
            <Hash value={document.sha256} />
            <a href={verify} data-print="hide" className="link inline-flex min-h-11 items-center">
              {t('verify')}
              <span className="sr-only"> {document.title}</span>
            </a>
          </div>
        </li>
      ))}
    </ul>
  );
}
