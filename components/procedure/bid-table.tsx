'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { formatMoney } from '@/lib/i18n/format';
import type { RoomBid } from '@/lib/procedure/opening-room';

interface BidTableProps {
  /** In the order of the report. */
  bids: readonly RoomBid[];
  /** Of a technical part, whose bids have no price. */
  technical: boolean;
  /** So many have been read out; the others are shown only where nothing can show them later. */
  read?: number;
}

/** A bid's price in words, or that it has none. */
export function usePrice(technical: boolean): (bid: RoomBid) => string {
  const t = useTranslations('tender.opening');
  const locale = useLocale();
  return ({ total, currency, outcome }) => {
    if (total !== null && currency !== null) return formatMoney(total, currency, locale);
    return technical && outcome === 'valid' ? t('noPrice') : '–';
  };
}

/** The bids as they were opened: each tenderer with its price, or why there is none. */
export function BidTable({ bids, technical, read = bids.length }: BidTableProps) {
  const t = useTranslations('tender.opening');
  const price = usePrice(technical);
  const place = new Map(bids.map((bid, index) => [bid, index]));
  const placeOf = (bid: RoomBid) => place.get(bid) ?? 0;
  return (
    <Table<RoomBid>
      caption={t('caption')}
      captionHidden
      rows={bids}
      rowKey={(bid) => String(placeOf(bid))}
      rowData={(bid) => ({
        'data-unread': placeOf(bid) >= read || undefined,
        'data-newest': (read < bids.length && placeOf(bid) === read - 1) || undefined,
      })}
      columns={[
        { key: 'tenderer', header: t('tenderer'), rowHeader: true, cell: (bid) => <Tenderer bid={bid} /> },
        { key: 'outcome', header: t('outcome'), cell: (bid) => <Outcome bid={bid} /> },
        { key: 'price', header: t('price'), numeric: true, cell: price },
      ]}
    />
  );
}

function Tenderer({ bid: { tenderer, partners } }: { bid: RoomBid }) {
  const t = useTranslations('tender.opening');
  return (
    <>
      {tenderer}
      {partners.length > 0 ? (
        <span className="block text-sm font-normal text-ink-soft">
          {t('partners', { names: partners.join(t('and')) })}
        </span>
      ) : null}
    </>
  );
}

function Outcome({ bid: { outcome, code } }: { bid: RoomBid }) {
  const t = useTranslations('tender.opening');
  const tone = outcome === 'valid' ? 'ok' : outcome === 'invalid' ? 'bad' : 'neutral';
  const why = outcome === 'unopened' ? t('unopenedWhy') : code === null ? null : <Invalid code={code} />;
  return (
    <>
      <Tag tone={tone}>{t(`outcomes.${outcome}`)}</Tag>
      {why ? <span className="mt-1 block max-w-80 text-sm text-ink-soft">{why}</span> : null}
    </>
  );
}

/** Why a bid is invalid, in a sentence. */
function Invalid({ code }: { code: string }) {
  const t = useTranslations('tender.opening.invalid');
  return <>{t.has(code as 'undecided') ? t(code as 'undecided') : t('other', { code })}</>;
}
