import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { ActionPanel } from '@/components/procedure/action-panel';
import { decidingScope } from '@/components/procedure/divided';
import { readOcid, readUnitId } from '@/components/procedure/ocid';
import { TenderStages } from '@/components/procedure/tender-stages';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import type { Phase } from '@/lib/procedure/phases';
import { tender } from '@/lib/procedure/state';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';
import { Contents } from './contents';
import { NoticeSections } from './notice-sections';
import { ResultSections } from './result-sections';
import { shownOf, type Shown } from './shown';
import { Standing } from './standing';
import { TenderHeader } from './tender-header';
import { TrailSections } from './trail-sections';

interface PageProps {
  params: Promise<{ ocid: string }>;
  searchParams: Promise<{ unit?: string | string[] }>;
}

const read = cache(async (ocid: string, unit: string | undefined) => {
  const view = await readTender(ocid);
  const shown = view && shownOf(view, unit);
  return shown ? { view, shown } : null;
});

/** The tender, and what of it the address asks for; null when there is no such thing. */
async function readPage({ params, searchParams }: PageProps) {
  const [{ ocid }, { unit }] = await Promise.all([params, searchParams]);
  return read(readOcid(ocid), readUnitId(unit));
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const page = await readPage(props);
  const notice = page && tender(page.view.process);
  if (!notice) return {};
  const lot = notice.lots.find((l) => l.id === page.shown.lot?.lot);
  const { title, description } = lot ? { ...lot, title: `${lot.title} · ${notice.title}` } : notice;
  return { title, description: description.slice(0, 200) };
}

/** Phases that end by themselves within moments. */
const SHORT: readonly Phase[] = ['publishing', 'closing', 'opening', 'opened', 'announcing'];

/** Whether the page is soon out of date: also in the last minutes before the bids are due, or a standstill ends. */
function changesSoon({ process, units, phase, now }: TenderView, shown: Shown): boolean {
  const phases = units.length === 0 ? [phase] : (shown.lot?.units ?? units).map((u) => u.phase);
  if (phases.some((p) => SHORT.includes(p))) return true;
  const ends = decidingScope(process, shown.lot).chain.announcement?.standstillEnds;
  const until =
    phase === 'open' ? process.chain.opening?.bidsDue : phases.includes('standstill') ? ends : undefined;
  return until !== undefined && Date.parse(until) - now < 600_000;
}

/** One tender as the reader may know it: where it stands, what is bought, what came of it, and the whole trail. */
export default async function TenderPage(props: PageProps) {
  const page = await readPage(props);
  if (!page) notFound();
  const { view, shown } = page;
  const t = await getTranslations('tender');
  return (
    <Messages namespaces={['tender']}>
      <div className="page py-8 sm:py-12">
        <TenderHeader view={view} shown={shown} />
        <div className="flex flex-col gap-8">
          <Standing view={view} lot={shown.lot} />
          {view.stuck ? (
            <Notice tone="warn" title={t('stuck')}>
              <p>{view.stuck}</p>
            </Notice>
          ) : null}
          <ActionPanel view={view} lot={shown.alone ? shown.lot : undefined} />
          <Card className="lg:text-sm">
            <TenderStages
              process={shown.lot ? decidingScope(view.process, shown.lot) : shown.process}
              phase={shown.lot?.phase ?? view.phase}
            />
          </Card>
          <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_14rem]">
            <Contents view={view} shown={shown} />
            <div className="flex min-w-0 flex-col gap-14 lg:order-1">
              <ResultSections view={view} shown={shown} />
              {shown.alone ? null : <NoticeSections view={view} />}
              <TrailSections view={view} shown={shown} />
            </div>
          </div>
        </div>
        {changesSoon(view, shown) ? <AutoRefresh seconds={10} /> : null}
      </div>
    </Messages>
  );
}
