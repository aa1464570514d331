import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { ActionPanel } from '@/components/procedure/action-panel';
import { Notice } from '@/components/ui/notice';
import { PhaseTag } from '@/components/procedure/phase-tag';
import { TenderStages } from '@/components/procedure/tender-stages';
import { readOcid } from '@/components/procedure/ocid';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Tag } from '@/components/ui/tag';
import { Messages } from '@/lib/i18n/messages';
import { tender } from '@/lib/procedure/state';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';
import { Contents } from './contents';
import { NoticeSections } from './notice-sections';
import { OutcomeSections } from './outcome-sections';
import { TrailSections } from './trail-sections';
import { Standing } from './standing';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const view = await readTender(readOcid((await params).ocid));
  const notice = view && tender(view.process);
  return notice ? { title: notice.title, description: notice.description.slice(0, 200) } : {};
}

/** Phases that end by themselves within moments, and the last minutes before the bids are due. */
function changesSoon({ phase, process, now }: TenderView): boolean {
  if (['publishing', 'closing', 'opening', 'opened', 'announcing'].includes(phase)) return true;
  const until =
    phase === 'open' ? process.chain.opening?.bidsDue : process.chain.announcement?.standstillEnds;
  return (phase === 'open' || phase === 'standstill') && Date.parse(until ?? '') - now < 600_000;
}

/** One tender as the reader may know it: where it stands, what is bought, what came of it, and the whole trail. */
export default async function TenderPage({ params }: PageProps) {
  const view = await readTender(readOcid((await params).ocid));
  if (!view) notFound();
  const t = await getTranslations();
  const { process, phase } = view;
  const notice = tender(process);
  const title = notice?.title ?? process.draft?.title ?? '';
  return (
    <Messages namespaces={['tender']}>
      <div className="page py-8 sm:py-12">
        <PageHeader
          crumbs={[{ href: '/tenders', label: t('tenders.title') }]}
          kicker={t('tender.kicker', { ocid: process.ocid })}
          title={<span lang={notice?.language}>{title || t('tenders.untitled')}</span>}
          tags={
            <>
              <PhaseTag phase={phase} />
              {notice ? <Tag>{t(`tenders.categories.${notice.mainProcurementCategory}`)}</Tag> : null}
            </>
          }
        />
        <div className="flex flex-col gap-8">
          <Standing view={view} />
          {view.stuck ? (
            <Notice tone="warn" title={t('tender.stuck')}>
              <p>{view.stuck}</p>
            </Notice>
          ) : null}
          <ActionPanel view={view} />
          <Card className="lg:text-sm">
            <TenderStages process={process} phase={phase} />
          </Card>
          <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_14rem]">
            <Contents view={view} />
            <div className="flex min-w-0 flex-col gap-14 lg:order-1">
              <OutcomeSections view={view} />
              <NoticeSections view={view} />
              <TrailSections view={view} />
            </div>
          </div>
        </div>
        {changesSoon(view) ? <AutoRefresh seconds={10} /> : null}
      </div>
    </Messages>
  );
}
