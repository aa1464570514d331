import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { AwardSummary } from '@/components/procedure/award-summary';
import { unitHref } from '@/components/procedure/divided';
import { OfficeHeader } from '@/components/procedure/office-header';
import { Section } from '@/components/procedure/section';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import { closure, last, tender } from '@/lib/procedure/state';
import { ChooseUnit, isAwarded, readUnitPage, type UnitPageProps } from '@/components/procedure/unit-page';
import { ConfirmAward } from './confirm-award';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.award');
  return { title: t('title') };
}

/** The announced award, its standstill, and the final award once that is over. */
export default async function AwardPage(props: UnitPageProps) {
  const [t, { view, choose }] = await Promise.all([
    getTranslations('office.award'),
    readUnitPage(props, isAwarded),
  ]);
  if (choose.length > 0) return <ChooseUnit view={view} title={t('title')} page="award" choose={choose} />;
  const { process, phase, may, id } = view;
  const announced = last(process, 'award-announced');
  const award = last(process, 'award');
  const base = `/tenders/${encodeURIComponent(process.ocid)}`;
  const waiting = phase === 'announcing' || phase === 'standstill' || (phase === 'award' && award !== null);
  return (
    <Messages namespaces={['office', 'draft']}>
      <div className="page flex flex-col gap-10 py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        {announced ? (
          <Section id="announced" title={t('announced')}>
            <AwardSummary
              announced={announced}
              standstillEnds={process.chain.announcement?.standstillEnds ?? null}
              award={award}
            />
          </Section>
        ) : (
          <EmptyState title={t('notYet')}>{t('notYetBody')}</EmptyState>
        )}
        {phase === 'standstill' ? (
          <Notice className="max-w-3xl" title={t('standstill')}>
            <p>{t('standstillBody')}</p>
          </Notice>
        ) : null}
        {award && !closure(process, 5) ? (
          <Notice tone="ok" className="max-w-3xl" title={t('closing')}>
            <p>{t('closingBody')}</p>
          </Notice>
        ) : null}
        {!award && announced && may.includes('confirm-award') ? (
          <Section id="confirm" title={t('confirm')} lead={t('confirmLead')}>
            <ConfirmAward
              ocid={process.ocid}
              unit={process.unit}
              tenderId={id}
              supplier={announced.data.supplier.name}
              language={tender(process)?.language ?? 'en'}
              uploads={view.uploads.filter((u) => u.kind === 'document')}
            />
          </Section>
        ) : null}
        {phase === 'contract' && may.includes('file-contract') ? (
          <div>
            <ButtonLink href={unitHref(`${base}/contract`, process.unit)}>{t('toContract')}</ButtonLink>
          </div>
        ) : null}
        {waiting ? <AutoRefresh seconds={6} /> : null}
      </div>
    </Messages>
  );
}
