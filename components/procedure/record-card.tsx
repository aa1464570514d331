import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { formatExactTime } from '@/lib/i18n/format';
import { ROLES } from '@/lib/procedure/permissions';
import type { Filed } from '@/lib/procedure/state';
import type { Notice } from '@/lib/record/notice';
import { DocumentList } from './document-list';
import { OfUnit } from './of-unit';
import { RecordFacts } from './record-facts';

interface RecordCardProps {
  filed: Filed;
  /** Names the unit that the record belongs to; null where that need not be said. */
  notice: Notice | null;
  currency: string;
  /** Names of organizations by their id, as far as the disclosed records give them. */
  organizations: ReadonlyMap<string, string>;
  /** Names by pseudonym; empty for the public. */
  people: Record<string, string>;
}

function Actor({ filed, organizations, people }: Omit<RecordCardProps, 'currency' | 'notice'>) {
  const t = useTranslations('tender.roles');
  const { role, organization, person } = filed.actor;
  const known = ROLES.find((r) => r === role);
  const name = [people[person], organizations.get(organization)].filter(Boolean).join(', ');
  return (
    <>
      {known ? t(known) : role}
      {name ? ` (${name})` : null}
    </>
  );
}

/** Where the record stands in the log, and whether the chain holds it already. */
function Place({ filed }: { filed: Filed }) {
  const t = useTranslations('tender.trail');
  if (filed.index === null) return <>{t('unsequenced')}</>;
  return (
    <>
      {t('logged', { index: filed.index })}
      {' · '}
      {filed.anchorIndex === null ? t('unanchored') : t('anchored', { index: filed.anchorIndex })}
    </>
  );
}

/** One record of the trail: what happened in a sentence, who, when, and its proof. */
export function RecordCard({ filed, notice, currency, organizations, people }: RecordCardProps) {
  const t = useTranslations('tender.trail');
  const records = useTranslations('records');
  const locale = useLocale();
  return (
    <li id={`record-${filed.id}`} data-record-type={filed.type} className="flex flex-col gap-2 py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h4 className="text-base font-semibold">
          {records(`${filed.type}.title`)}
          <OfUnit notice={notice} unit={filed.unit} />
        </h4>
        <time dateTime={filed.time} className="text-sm text-ink-soft">
          {formatExactTime(filed.time, locale)}
        </time>
      </div>
      <p className="max-w-measure">{records(`${filed.type}.sentence`)}</p>
      <RecordFacts filed={filed} currency={currency} />
      {filed.documents.length > 0 ? <DocumentList recordId={filed.id} documents={filed.documents} /> : null}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-ink-soft">
        <span>
          <Actor filed={filed} organizations={organizations} people={people} />
        </span>
        <span>
          <Place filed={filed} />
        </span>
        <Hash value={filed.commitment} />
        <a
          href={`/api/v1/evidence/${filed.id}`}
          download={`evidence-${filed.id}.json`}
          data-print="hide"
          className="link inline-flex min-h-11 items-center"
        >
          {t('evidence')}
          <span className="sr-only"> {records(`${filed.type}.title`)}</span>
        </a>
      </div>
    </li>
  );
}
