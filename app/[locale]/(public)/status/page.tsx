import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Notice, type NoticeTone } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { formatDuration, formatNumber } from '@/lib/i18n/format';
import { registryStatus } from '@/lib/server/queries/status';
import packageJson from '@/package.json';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status');
  return { title: t('title') };
}

type Status = Awaited<ReturnType<typeof registryStatus>>;

/** The worst that is true: an anchor overdue, something waiting, or nothing to report. */
function conditionOf(status: Status): { key: 'late' | 'waiting' | 'well' | 'young'; tone: NoticeTone } {
  const { lastAnchor, now, intervalSeconds, treeSize, stuckTenders, failedCalls } = status;
  if (!lastAnchor) return { key: 'young', tone: 'info' };
  const lag = treeSize - lastAnchor.treeSize;
  const overdue = lag > 0 && now - Date.parse(lastAnchor.time) > intervalSeconds * 3000;
  if (overdue || failedCalls > 0) return { key: 'late', tone: 'bad' };
  if (stuckTenders > 0) return { key: 'waiting', tone: 'warn' };
  return { key: 'well', tone: 'ok' };
}

/** How the registry stands now, in plain words and in the figures behind them. */
export default async function StatusPage() {
  const [t, locale, status] = await Promise.all([getTranslations('status'), getLocale(), registryStatus()]);
  const { lastAnchor, treeSize, checkpointTime, now } = status;
  const number = (n: number) => formatNumber(n, locale);
  const condition = conditionOf(status);
  const log: SummaryRow[] = [
    { key: 'size', label: t('log.size'), value: t('log.commitments', { count: treeSize }) },
    {
      key: 'checkpoint',
      label: t('log.checkpoint'),
      value: checkpointTime ? <LocalTime instant={checkpointTime} /> : '–',
    },
    { key: 'pending', label: t('log.pending'), value: number(status.pendingFilings) },
  ];
  const anchor: SummaryRow[] = lastAnchor
    ? [
        { key: 'time', label: t('anchor.last'), value: <LocalTime instant={lastAnchor.time} /> },
        {
          key: 'ago',
          label: t('anchor.age'),
          value: t('anchor.ago', { duration: formatDuration(now - Date.parse(lastAnchor.time), locale) }),
        },
        {
          key: 'lag',
          label: t('anchor.lag'),
          value: t('anchor.behind', { count: Math.max(0, treeSize - lastAnchor.treeSize) }),
        },
        { key: 'number', label: t('anchor.number'), value: number(lastAnchor.index) },
        { key: 'block', label: t('anchor.block'), value: number(lastAnchor.blockNumber) },
        {
          key: 'tx',
          label: t('anchor.transaction'),
          value: <Hash value={lastAnchor.transactionHash} ends={10} />,
        },
      ]
    : [];
  const registry: SummaryRow[] = [
    { key: 'origin', label: t('registry.origin'), value: status.origin },
    {
      key: 'key',
      label: t('registry.logKey'),
      value: <code className="break-all font-mono text-sm">{status.logKey}</code>,
    },
    { key: 'chain', label: t('registry.chain'), value: String(status.chainId) },
    { key: 'contract', label: t('registry.contract'), value: <Hash value={status.contract} ends={10} /> },
    {
      key: 'interval',
      label: t('registry.interval'),
      value: formatDuration(status.intervalSeconds * 1000, locale),
    },
    { key: 'version', label: t('registry.version'), value: packageJson.version },
    { key: 'protocol', label: t('registry.protocol'), value: '1' },
  ];
  const calls: SummaryRow[] = [
    { key: 'calls', label: t('work.calls'), value: number(status.pendingCalls) },
    { key: 'stuck', label: t('work.stuck'), value: number(status.stuckTenders) },
  ];
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="flex max-w-3xl flex-col gap-10">
        <div data-condition={condition.key}>
          <Notice tone={condition.tone} title={t(`condition.${condition.key}.title`)}>
            <p>{t(`condition.${condition.key}.body`)}</p>
          </Notice>
        </div>
        {status.embedded ? (
          <Notice tone="warn" title={t('embedded.title')}>
            <p>{t('embedded.body')}</p>
          </Notice>
        ) : null}
        <Part title={t('anchor.title')} body={t('anchor.body')} rows={anchor} />
        <Part title={t('log.title')} body={t('log.body')} rows={log} />
        <Part title={t('work.title')} body={t('work.body')} rows={calls} />
        <Part title={t('registry.title')} body={t('registry.body')} rows={registry} />
      </div>
    </div>
  );
}

function Part({ title, body, rows }: { title: string; body: string; rows: readonly SummaryRow[] }) {
  return (
    <section>
      <h2 className="text-xl">{title}</h2>
      <p className="mb-4 mt-1 max-w-measure text-ink-soft">{body}</p>
      {rows.length > 0 ? <SummaryList rows={rows} /> : null}
    </section>
  );
}
