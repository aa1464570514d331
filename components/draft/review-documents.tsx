import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { formatBytes } from '@/lib/i18n/format';
import type { Upload } from '@/lib/procedure/decision';

/** The documents that go out with the notice: each to be opened, with its fingerprint. */
export function ReviewDocuments({ uploads }: { uploads: readonly Upload[] }) {
  const t = useTranslations('draft.review');
  const locale = useLocale();
  if (uploads.length === 0) return <p className="text-ink-soft">{t('noDocuments')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {uploads.map((upload) => (
        <li key={upload.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <a
              href={`/api/v1/uploads/${upload.id}`}
              download={upload.name}
              className="link font-semibold break-words"
            >
              {upload.name}
            </a>
            <p className="text-sm text-ink-soft">
              {formatBytes(upload.size, locale)} · {upload.mediaType}
            </p>
          </div>
          <Hash value={upload.sha256} />
        </li>
      ))}
    </ul>
  );
}
