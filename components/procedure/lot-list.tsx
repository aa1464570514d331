import { useTranslations } from 'next-intl';
import type { Notice } from '@/lib/record/notice';
import { ItemsTable } from './notice-details';
import { UnitName } from './unit-name';

/** More than these are folded up: forty lots must stay readable. */
const UNFOLDED = 5;

/** The lots of a notice, each with what is to be bought. */
export function LotList({ notice }: { notice: Notice }) {
  const t = useTranslations('tender.notice');
  const { lots, items, language } = notice;
  return (
    <div>
      <h3 className="pb-2 text-lg">{t('lotList')}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {lots.map((lot) => {
          const own = items.filter((item) => item.relatedLot === lot.id);
          return (
            <li key={lot.id}>
              <details open={lots.length <= UNFOLDED} className="group">
                <summary className="flex min-h-12 cursor-pointer flex-wrap items-center justify-between gap-x-6 py-2">
                  <span className="font-semibold">
                    <UnitName notice={notice} unit={{ lot: lot.id, part: '' }} />
                  </span>
                  <span className="text-sm text-ink-soft">{t('itemCount', { count: own.length })}</span>
                </summary>
                <div className="flex flex-col gap-3 pb-4">
                  {lot.description ? (
                    <p lang={language} className="max-w-measure whitespace-pre-line">
                      {lot.description}
                    </p>
                  ) : null}
                  <ItemsTable items={own} language={language} captionHidden />
                </div>
              </details>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
