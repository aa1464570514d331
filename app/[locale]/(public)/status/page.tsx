import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { AlarmBox } from '@/components/status/alarm-box';
import { AnchorFacts, Facts, LogFacts, RegistryFacts, WorkFacts } from '@/components/status/details';
import { PartsTable } from '@/components/status/parts-table';
import { RecordWay } from '@/components/status/record-way';
import { WitnessTable } from '@/components/status/witness-table';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import { Notice, type NoticeTone } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import type { Overall } from '@/lib/server/queries/standings';
import { registryStatus, type RegistryStatus } from '@/lib/server/queries/status';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status');
  return { title: t('title') };
}

const tones: Record<Overall['condition'], NoticeTone> = {
  alarms: 'bad',
  silent: 'bad',
  standing: 'bad',
  down: 'bad',
  warnings: 'warn',
  young: 'info',
  well: 'ok',
};

/** How the registry stands now: one sentence, the way of a record, each part, and the figures behind them. */
export default async function StatusPage() {
  const [t, status] = await Promise.all([getTranslations('status'), registryStatus()]);
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title={t('title')} lead={t('lead')} />
      <AutoRefresh seconds={20} />
      <div className="flex flex-col gap-10">
        <OverallNotice status={status} />
        <AlarmBox alarms={status.alarms} />
        <Card>
          <RecordWay status={status} />
        </Card>
        <Facts title={t('parts.title')} body={t('parts.body')}>
          <PartsTable parts={status.parts} now={status.now} />
        </Facts>
        {status.registry.embedded ? (
          <Notice tone="warn" title={t('embedded.title')} className="max-w-3xl">
            <p>{t('embedded.body')}</p>
          </Notice>
        ) : null}
        <WitnessTable witnesses={status.witnesses} />
        <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-10">
            <AnchorFacts status={status} />
            <WorkFacts status={status} />
          </div>
          <div className="flex min-w-0 flex-col gap-10">
            <LogFacts status={status} />
            <RegistryFacts status={status} />
          </div>
        </div>
      </div>
    </div>
  );
}

async function OverallNotice({ status: { overall, now } }: { status: RegistryStatus }) {
  const t = await getTranslations('status');
  const { condition, count, since } = overall;
  const time = (at: number) =>
    function Time() {
      return <LocalTime instant={new Date(at).toISOString()} />;
    };
  return (
    <div data-condition={condition} className="flex flex-col gap-2">
      <Notice tone={tones[condition]} title={t(`condition.${condition}.title`, { count })}>
        <p>{t(`condition.${condition}.body`)}</p>
        {since === null ? null : <p>{t.rich('condition.silent.since', { time: time(since) })}</p>}
      </Notice>
      <p className="text-sm text-ink-soft">{t.rich('checked', { time: time(now) })}</p>
    </div>
  );
}
