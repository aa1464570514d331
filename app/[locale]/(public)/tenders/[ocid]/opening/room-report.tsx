'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { BidTable, usePrice } from '@/components/procedure/bid-table';
import { Section } from '@/components/procedure/section';
import type { RoomReport as Report } from '@/lib/procedure/opening-room';
import { OnceRead, useInRoom } from './room-provider';

interface RoomReportProps {
  /** The bids of a technical part have no price. */
  technical: boolean;
  /** What the page says over the bids and below them, once it was read anew. */
  before: ReactNode;
  after: ReactNode;
  /** In place of the report until there is one. */
  children: ReactNode;
}

/** The report, its bids read out one after another. */
export function RoomReport({ technical, before, after, children }: RoomReportProps) {
  const t = useTranslations('office.opening');
  const { report, read } = useInRoom();
  if (!report) return children;
  return (
    <Section id="report" title={t('report')}>
      {before}
      <BidTable bids={report.bids} technical={technical} read={read} />
      <Spoken report={report} technical={technical} />
      <OnceRead>{after}</OnceRead>
    </Section>
  );
}

/** The bids that were read out since the last time, for those who listen; to somebody who comes later, none. */
function Spoken({ report: { bids }, technical }: { report: Report; technical: boolean }) {
  const t = useTranslations('opening.reading');
  const { read } = useInRoom();
  const price = usePrice(technical);
  const heard = useRef(read);
  const [words, setWords] = useState('');
  useEffect(() => {
    const fresh = bids.slice(heard.current, read);
    heard.current = Math.max(heard.current, read);
    if (fresh.length === 0) return;
    // All at once is more than anybody wants to hear: then the table is there to be read.
    const many = fresh.length > 3;
    const said = fresh.map((bid) => t('said', { tenderer: bid.tenderer, price: price(bid) }));
    setWords(many ? t('all', { count: bids.length }) : said.join(' '));
  }, [bids, price, read, t]);
  return (
    <p aria-live="polite" className="sr-only" data-testid="read-out">
      {words}
    </p>
  );
}
