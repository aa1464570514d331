import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NextIntlClientProvider, type Messages } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BidTable } from '@/components/procedure/bid-table';
import type { RoomBid } from '@/lib/procedure/opening-room';

const read = (locale: string, namespace: string): unknown =>
  JSON.parse(
    readFileSync(
      path.join(import.meta.dirname, `../../../lib/i18n/messages/${locale}/${namespace}.json`),
      'utf8',
    ),
  );

const none = { total: null, currency: null, code: null, partners: [] };
const BIDS: RoomBid[] = [
  {
    tenderer: 'Nordlicht',
    outcome: 'valid',
    total: '74100.00',
    currency: 'EUR',
    code: null,
    partners: ['Sund Bau', 'Mole Oy'],
  },
  { ...none, tenderer: 'Ponteverde', outcome: 'invalid', code: 'price-form-mismatch' },
  { ...none, tenderer: 'Harbour', outcome: 'invalid', code: 'a-code-of-later' },
  { ...none, tenderer: 'Halden', outcome: 'unopened' },
];

/** The rows of the table, each as text with its attributes. */
function rows(props: { read?: number; technical?: boolean; locale?: 'en' | 'zh' } = {}): string[] {
  const { locale = 'en', technical = false, ...rest } = props;
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={{ tender: read(locale, 'tender'), ui: read(locale, 'ui') } as Messages}
      timeZone="UTC"
      onError={(e) => {
        throw e;
      }}
    >
      <BidTable bids={BIDS} technical={technical} {...rest} />
    </NextIntlClientProvider>,
  );
  return html.split('<tr').slice(2);
}

describe('the table of opened bids', () => {
  it('names the partners of a consortium beside the tenderer that leads it', () => {
    const text = (locale: 'en' | 'zh') => rows({ locale }).map((row) => row.replace(/<[^>]*>/g, ' '));
    expect(text('en')[0]).toContain('together with Sund Bau and Mole Oy');
    expect(text('zh')[0]).toContain('联合体成员：Sund Bau');
    expect(text('en').slice(1).join()).not.toContain('together');
  });

  it('has all of them in the page, and marks what is not read out yet', () => {
    const unread = (read?: number) =>
      rows(read === undefined ? {} : { read }).map((row) => row.includes('data-unread="true"'));
    expect(unread(1)).toEqual([false, true, true, true]);
    expect(unread(4)).toEqual([false, false, false, false]);
    expect(unread()).toEqual([false, false, false, false]);
    expect(rows({ read: 2 }).map((row) => row.includes('data-newest'))).toEqual([false, true, false, false]);
    expect(rows({ read: 4 }).some((row) => row.includes('data-newest'))).toBe(false);
  });

  it('says the price, or why there is none', () => {
    const [valid, invalid, unknown, unopened] = rows();
    expect(valid).toContain('€74,100');
    expect(invalid).toContain('The price form does not price what the notice asks for');
    expect(unknown).toContain('(a-code-of-later)');
    expect(unopened).toContain('Its technical part did not pass.');
    expect(rows({ locale: 'zh' })[1]).toContain('报价表与公告要求不符');
  });
});
