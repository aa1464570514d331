import { useTranslations } from 'next-intl';
import { actOn } from '@/app/[locale]/(office)/actions';
import { ActButton } from '@/components/procedure/act-button';
import { ActLink } from '@/components/procedure/act-link';
import { unitHref } from '@/components/procedure/divided';
import { OpeningEvents } from '@/components/procedure/opening-events';
import { Notice } from '@/components/ui/notice';
import { all, exclusionTime, last } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { PutOff } from './put-off';

/** What there is to do at an opening beside releasing shares: to be there, to put it off, to sign the report. */
export function OpeningTasks({ view }: { view: TenderView }) {
  const t = useTranslations('office.opening.tasks');
  const { process, may, signedIn, now } = view;
  const { ocid, unit } = process;
  const me = signedIn?.person.id;
  const present = all(process, 'opening-attended').some((a) => a.actor.person === me);
  const report = last(process, 'opening-report');
  // Whether somebody has bid is asked of nobody: it is said to every tenderer.
  const seeds = report ? null : last(process, 'seeds-requested');
  const asked = seeds !== null && Date.parse(seeds.data.until) > now;
  const signed = all(process, 'opening-report-signed').some((s) => s.actor.person === me);
  return (
    <div className="flex max-w-3xl flex-col gap-6 empty:hidden" data-print="hide">
      {report ? null : <OpeningEvents process={process} overAt={now} />}
      {asked && signedIn?.roles.includes('tenderer') ? (
        <Notice tone="warn" title={t('seedTitle')}>
          <p>{t('seedBody')}</p>
          <p className="mt-3">
            <ActLink href={unitHref(`/tenders/${encodeURIComponent(ocid)}/bid`, unit)}>
              {t('seedLink')}
            </ActLink>
          </p>
        </Notice>
      ) : null}
      {may.includes('attend-opening') && !present ? (
        <ActButton
          action={actOn.bind(null, { ocid, act: 'attend-opening', input: {}, unit })}
          label={t('attend')}
          title={t('attendTitle')}
        >
          {t('attendBody')}
        </ActButton>
      ) : null}
      {may.includes('sign-opening-report') && report && !signed ? (
        <ActButton
          action={actOn.bind(null, {
            ocid,
            act: 'sign-opening-report',
            input: { report: report.commitment },
            unit,
          })}
          label={t('sign')}
          title={t('signTitle')}
        >
          {t('signBody')}
        </ActButton>
      ) : null}
      {may.includes('postpone-opening') ? (
        <PutOff
          ocid={ocid}
          unit={unit}
          after={new Date(exclusionTime(process)).toISOString()}
          asked={last(process, 'seeds-requested') !== null}
        />
      ) : null}
    </div>
  );
}
