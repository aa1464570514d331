import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { AwardSummary, ContractSummary } from '@/components/procedure/award-summary';
import { OfficeHeader } from '@/components/procedure/office-header';
import { Section } from '@/components/procedure/section';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import { closure, last, tender } from '@/lib/procedure/state';
import { ChooseUnit, isAwarded, readUnitPage, type UnitPageProps } from '@/components/procedure/unit-page';
import { FileContract } from './file-contract';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.contract');
  return { title: t('title') };
}

/** Where the signed contract goes on record. */
export default async function ContractPage(props: UnitPageProps) {
  const [t, { view, choose }] = await Promise.all([
    getTranslations('office.contract'),
    readUnitPage(props, isAwarded),
  ]);
  if (choose.length > 0) return <ChooseUnit view={view} title={t('title')} page="contract" choose={choose} />;
  const { process, may, id, now } = view;
  const announced = last(process, 'award-announced');
  const award = last(process, 'award');
  const contract = last(process, 'contract');
  const closed = closure(process, 6) !== null;
  return (
    <Messages namespaces={['office', 'draft']}>
      <div className="page flex flex-col gap-10 py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        {contract ? (
          <>
            <Notice tone="ok" className="max-w-3xl" title={t(closed ? 'closed' : 'filed')}>
              <p>{t(closed ? 'closedBody' : 'filedBody')}</p>
            </Notice>
            <Section id="contract" title={t('onRecord')}>
              <ContractSummary contract={contract} />
            </Section>
          </>
        ) : null}
        {!contract && may.includes('file-contract') ? (
          <Section id="file" title={t('file')} lead={t('fileLead')}>
            <FileContract
              ocid={process.ocid}
              unit={process.unit}
              tenderId={id}
              today={new Date(now).toISOString().slice(0, 10)}
              language={tender(process)?.language ?? 'en'}
              uploads={view.uploads.filter((u) => u.kind === 'document')}
            />
          </Section>
        ) : null}
        {!contract && !may.includes('file-contract') ? (
          <EmptyState title={t('notYet')}>{t('notYetBody')}</EmptyState>
        ) : null}
        {announced ? (
          <Section id="award" title={t('award')}>
            <AwardSummary
              announced={announced}
              standstillEnds={process.chain.announcement?.standstillEnds ?? null}
              award={award}
            />
          </Section>
        ) : null}
        {contract && !closed ? <AutoRefresh seconds={6} /> : null}
      </div>
    </Messages>
  );
}
