import { useLocale, useTranslations } from 'next-intl';
import { UnitName } from '@/components/procedure/unit-name';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { Table } from '@/components/ui/table';
import { Tag, type Tone } from '@/components/ui/tag';
import { liveOf, type OwnBid as Row } from '@/lib/browser/bid/own-bids';
import { isNamed } from '@/lib/browser/bid/tender';
import { formatBytes } from '@/lib/i18n/format';
import type { Phase } from '@/lib/procedure/phases';
import type { Notice as TenderNotice } from '@/lib/record/notice';

interface OwnBidProps {
  bids: readonly Row[];
  notice: Pick<TenderNotice, 'lots' | 'language' | 'envelopes'>;
  phase: Phase;
  bidsDue: string;
  /** Hash of the key set in force. */
  keyset: string;
}

const BODIES: Partial<Record<Phase, 'bodyOpen' | 'bodyClosed' | 'bodyUnopened'>> = {
  open: 'bodyOpen',
  closing: 'bodyClosed',
  waiting: 'bodyClosed',
  opening: 'bodyClosed',
  unsuccessful: 'bodyUnopened',
};

/** What one's own organization has on record: what counts, what it took the place of, and the receipts. */
export function OwnBid({ bids, notice, phase, bidsDue, keyset }: OwnBidProps) {
  const t = useTranslations('office.bid.own');
  const live = liveOf(bids);
  const outdated = phase === 'open' && live.some(({ sealed }) => sealed.keyset !== keyset);
  const history = bids.toReversed();
  return (
    <section aria-labelledby="own-bid" className="flex flex-col gap-6" data-testid="own-bid">
      <h2 id="own-bid" className="text-xl">
        {t(live.length > 0 ? 'title' : 'withdrawnTitle')}
      </h2>
      {live.length > 0 ? (
        <Notice tone="ok" className="max-w-3xl">
          <p>{t(BODIES[phase] ?? 'bodyOpened')}</p>
        </Notice>
      ) : (
        <Notice tone="warn" className="max-w-3xl">
          <p>{t(phase === 'open' ? 'withdrawnOpen' : 'withdrawn')}</p>
        </Notice>
      )}
      {outdated ? (
        <Notice tone="warn" title={t('outdatedTitle')} className="max-w-3xl">
          <p>{t('outdated')}</p>
        </Notice>
      ) : null}
      {/* Until then the page says it above, with what is left of it. */}
      {phase === 'open' ? null : (
        <p>
          {t('due')} <LocalTime instant={bidsDue} />
        </p>
      )}
      <Records bids={history} notice={notice} />
      <p className="max-w-measure text-ink-soft">{t('recovery')}</p>
    </section>
  );
}

const TONES: Record<Row['standing'], Tone> = {
  live: 'ok',
  replaced: 'neutral',
  withdrawn: 'neutral',
  withdrawal: 'warn',
};

/** Every record, newest first. */
function Records({ bids, notice }: Pick<OwnBidProps, 'bids' | 'notice'>) {
  const t = useTranslations('office.bid.own');
  const locale = useLocale();
  const named = bids.some(isNamed);
  return (
    <Table
      caption={t('history')}
      rows={bids}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'unit',
          header: named ? t('unit') : t('record'),
          rowHeader: true,
          cell: ({ lot, part, standing }) =>
            isNamed({ lot, part }) ? (
              <UnitName notice={notice} unit={{ lot, part }} />
            ) : (
              t(standing === 'withdrawal' ? 'aWithdrawal' : 'aBid')
            ),
        },
        {
          key: 'standing',
          header: t('standing'),
          cell: ({ standing }) => (
            <span data-standing={standing}>
              <Tag tone={TONES[standing]}>{t(`standings.${standing}`)}</Tag>
            </span>
          ),
        },
        { key: 'time', header: t('time'), cell: ({ time }) => <LocalTime instant={time} /> },
        {
          key: 'envelope',
          header: t('envelope'),
          cell: ({ sealed }) =>
            sealed === null ? (
              '–'
            ) : (
              <span className="inline-flex flex-wrap items-center justify-end gap-x-3 md:justify-start">
                <Hash value={sealed.envelope} />
                <span className="text-sm whitespace-nowrap text-ink-soft">
                  {formatBytes(sealed.size, locale)}
                </span>
              </span>
            ),
        },
        { key: 'log', header: t('log'), cell: (row) => <LogPlace row={row} /> },
        { key: 'files', header: t('files'), cell: (row) => <Files row={row} /> },
      ]}
    />
  );
}

function LogPlace({ row: { index, anchored } }: { row: Row }) {
  const t = useTranslations('office.bid.own');
  if (index === null) return t('unsequenced');
  return t(anchored ? 'anchored' : 'logged', { index });
}

/** Receipts to keep, and what was sealed. */
function Files({ row: { id, sealed } }: { row: Row }) {
  const t = useTranslations('office.bid.own');
  const links = [
    { href: `/api/v1/receipts/${id}`, name: `receipt-${id}.json`, label: t('receipt') },
    { href: `/api/v1/receipts/${id}/pdf`, name: `receipt-${id}.pdf`, label: t('receiptPdf') },
    ...(sealed === null
      ? []
      : [
          {
            href: `/api/v1/envelopes/${sealed.envelope}`,
            name: `${sealed.envelope.slice(0, 16)}.envelope`,
            label: t('ciphertext'),
          },
        ]),
  ];
  return (
    <ul className="flex flex-col" data-print="hide">
      {links.map(({ href, name, label }) => (
        <li key={href}>
          <a href={href} download={name} className="link inline-block py-1.5">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
