import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { formatDuration, formatNumber } from '@/lib/i18n/format';
import type { RegistryStatus } from '@/lib/server/queries/status';
import packageJson from '@/package.json';

interface Props {
  status: RegistryStatus;
}

/** A heading, one sentence, and what is known. */
export function Facts({ title, body, children }: { title: string; body: string; children?: ReactNode }) {
  return (
    <section>
      <h2 className="text-xl">{title}</h2>
      <p className="mb-4 mt-1 max-w-measure text-ink-soft">{body}</p>
      {children}
    </section>
  );
}

const Time = ({ at }: { at: number }) => <LocalTime instant={new Date(at).toISOString()} />;

/** A value that readers can look up in the chain's explorer, where the operator names one. */
function LookUp({ href, children }: { href: string | null; children: ReactNode }) {
  const t = useTranslations('status.anchor');
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {children}
      {href ? (
        <a href={href} className="link" rel="noreferrer">
          {t('explorer')}
        </a>
      ) : null}
    </span>
  );
}

export function AnchorFacts({ status }: Props) {
  const t = useTranslations('status.anchor');
  const locale = useLocale();
  const { lastAnchor, explorer, unanchored, oldestUnanchored, finality } = status;
  const time = () => <Time at={oldestUnanchored ?? 0} />;
  const head = Number(status.parts.find(({ part }) => part === 'chain')?.facts.head ?? 0);
  const depth = head - (lastAnchor?.blockNumber ?? 0) + 1;
  const at = (path: string) => (explorer ? `${explorer}/${path}` : null);
  const rows: SummaryRow[] = [
    ...(lastAnchor
      ? [
          { key: 'size', label: t('size'), value: t('commitments', { count: lastAnchor.treeSize }) },
          { key: 'time', label: t('time'), value: <Time at={lastAnchor.time} /> },
          { key: 'number', label: t('number'), value: formatNumber(lastAnchor.index, locale) },
          {
            key: 'block',
            label: t('block'),
            value: (
              <LookUp href={at(`block/${lastAnchor.blockNumber}`)}>
                {formatNumber(lastAnchor.blockNumber, locale)}
                {depth > 0 ? <span className="text-ink-soft">{t('depth', { count: depth })}</span> : null}
              </LookUp>
            ),
          },
          {
            key: 'transaction',
            label: t('transaction'),
            value: (
              <LookUp href={at(`tx/${lastAnchor.transactionHash}`)}>
                <Hash value={lastAnchor.transactionHash} ends={8} />
              </LookUp>
            ),
          },
        ]
      : []),
    { key: 'next', label: t('next'), value: t.rich('waiting', { count: unanchored, time }) },
    {
      key: 'finality',
      label: t('finality'),
      value: t(`finalBy.${finality.rule}`, { count: finality.confirmations }),
    },
  ];
  return (
    <Facts title={t('title')} body={t('body')}>
      <SummaryList rows={rows} />
    </Facts>
  );
}

export function LogFacts({ status }: Props) {
  const t = useTranslations('status.log');
  const { treeSize, checkpointTime, filings, oldestFiling } = status;
  const time = () => <Time at={oldestFiling ?? 0} />;
  const rows: SummaryRow[] = [
    { key: 'size', label: t('size'), value: t('commitments', { count: treeSize }) },
    {
      key: 'checkpoint',
      label: t('checkpoint'),
      value: checkpointTime === null ? '–' : <Time at={checkpointTime} />,
    },
    { key: 'pending', label: t('pending'), value: t.rich('waiting', { count: filings, time }) },
  ];
  return (
    <Facts title={t('title')} body={t('body')}>
      <SummaryList rows={rows} />
    </Facts>
  );
}

/** More days than this are told as that. */
const MANY = 1000;

export function WorkFacts({ status }: Props) {
  const t = useTranslations('status.work');
  const locale = useLocale();
  const { pending, signed, sent, mined } = status.calls;
  const days = status.parts.find(({ part }) => part === 'balance')?.facts.days;
  const number = (n: number) => formatNumber(n, locale);
  const rows: SummaryRow[] = [
    { key: 'unsent', label: t('unsent'), value: number(pending + signed) },
    { key: 'sent', label: t('sent'), value: number(Math.max(0, sent - mined)) },
    { key: 'mined', label: t('mined'), value: number(mined) },
    ...(typeof days === 'number'
      ? [
          {
            key: 'days',
            label: t('balance'),
            value: days > MANY ? t('long', { days: MANY }) : t('days', { days }),
          },
        ]
      : []),
  ];
  return (
    <Facts title={t('title')} body={t('body')}>
      <SummaryList rows={rows} />
    </Facts>
  );
}

export function RegistryFacts({ status }: Props) {
  const t = useTranslations('status.registry');
  const locale = useLocale();
  const { origin, logKey, chainId, contract } = status.registry;
  const rows: SummaryRow[] = [
    { key: 'origin', label: t('origin'), value: origin },
    {
      key: 'key',
      label: t('logKey'),
      value: <code className="break-all font-mono text-sm">{logKey}</code>,
    },
    { key: 'chain', label: t('chain'), value: String(chainId) },
    { key: 'contract', label: t('contract'), value: <Hash value={contract} ends={8} /> },
    { key: 'interval', label: t('interval'), value: formatDuration(status.intervalSeconds * 1000, locale) },
    { key: 'version', label: t('version'), value: packageJson.version },
    { key: 'protocol', label: t('protocol'), value: '1' },
  ];
  return (
    <Facts title={t('title')} body={t('body')}>
      <SummaryList rows={rows} />
    </Facts>
  );
}
