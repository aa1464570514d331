import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { formatBytes, formatExactTime, formatMoney, formatNumber } from '@/lib/i18n/format';
import { openedBids, tender, type Erased, type Filed, type Process } from '@/lib/procedure/state';
import type { PriceForm } from '@/lib/record/catalogue';
import type { Notice } from '@/lib/record/notice';

/** What the opened bids hold: price forms and files. Nothing before all of them are open. */
export function OpenedBids({ process }: { process: Process }) {
  const notice = tender(process);
  const bids = openedBids(process);
  if (!notice) return null;
  return (
    <div className="flex flex-col gap-4">
      {bids.map((opened) => (
        <OpenedBid
          key={opened.id}
          opened={opened}
          notice={notice}
          erased={process.erased.find((e) => e.commitment === opened.data.bid) ?? null}
        />
      ))}
    </div>
  );
}

interface OpenedBidProps {
  opened: Filed<'bid-opened'>;
  notice: Notice;
  /** The sealed bid was erased, and its files with it. */
  erased: Erased | null;
}

function OpenedBid({ opened, notice, erased }: OpenedBidProps) {
  const t = useTranslations('tender.bids');
  const words = useTranslations('tender.opening');
  const locale = useLocale();
  const { tenderer, consortium, priceForm, files, seed } = opened.data;
  const technical = opened.unit?.part === 'technical';
  return (
    <details className="group rounded-lg border border-line bg-surface">
      <summary className="flex min-h-14 cursor-pointer flex-wrap items-center justify-between gap-x-6 px-5 py-3">
        <span>
          <span className="font-semibold">{tenderer.name}</span>
          {consortium.length > 0 ? (
            <span className="block text-sm text-ink-soft">
              {words('partners', { names: consortium.map(({ name }) => name).join(words('and')) })}
            </span>
          ) : null}
        </span>
        {priceForm ? <span>{formatMoney(priceForm.total, priceForm.currency, locale)}</span> : null}
        {technical ? <span className="text-ink-soft">{t('technical')}</span> : null}
      </summary>
      <div className="flex flex-col gap-6 border-t border-line p-5">
        {technical ? <p className="text-ink-soft">{t('technicalBody')}</p> : null}
        <Partners partners={consortium} />
        {priceForm ? <PriceRows form={priceForm} notice={notice} /> : null}
        {opened.unit?.part === 'financial' ? null : (
          <Confirmed notice={notice} declarations={opened.data.declarations} />
        )}
        {erased ? (
          <p className="text-ink-soft">
            {t('filesErased', { time: formatExactTime(erased.erasedAt, locale) })}
          </p>
        ) : (
          <BidFiles opened={opened} files={files} />
        )}
        <div className="text-sm">
          <p className="text-ink-soft">{t('seed')}</p>
          <Hash value={seed} ends={10} />
        </div>
      </div>
    </details>
  );
}

function PriceRows({ form, notice }: { form: PriceForm; notice: Notice }) {
  const t = useTranslations('tender.bids');
  const locale = useLocale();
  const itemOf = (id: string) => notice.items.find((item) => item.id === id);
  return (
    <Table<PriceForm['items'][number]>
      caption={t('prices')}
      rows={form.items}
      rowKey={(row) => row.itemId}
      columns={[
        {
          key: 'item',
          header: t('item'),
          rowHeader: true,
          cell: (row) => <span lang={notice.language}>{itemOf(row.itemId)?.description ?? row.itemId}</span>,
        },
        {
          key: 'quantity',
          header: t('quantity'),
          numeric: true,
          cell: (row) => `${formatNumber(row.quantity, locale)} ${itemOf(row.itemId)?.unit ?? ''}`.trim(),
        },
        {
          key: 'unitPrice',
          header: t('unitPrice'),
          numeric: true,
          cell: (row) => formatMoney(row.unitPrice, form.currency, locale),
        },
        {
          key: 'amount',
          header: t('amount'),
          numeric: true,
          cell: (row) => formatMoney(row.amount, form.currency, locale),
        },
      ]}
    />
  );
}

/** With whom the tenderer bids together. */
function Partners({ partners }: { partners: Filed<'bid-opened'>['data']['consortium'] }) {
  const t = useTranslations('tender.bids');
  if (partners.length === 0) return null;
  return (
    <div>
      <p className="pb-1 text-lg font-semibold">{t('consortium')}</p>
      <ul className="list-disc pl-5">
        {partners.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

/** Which of the notice's statements the tenderer confirmed; one that it did not is marked. */
function Confirmed({ notice, declarations }: { notice: Notice; declarations: readonly string[] }) {
  const t = useTranslations('tender.bids');
  if (notice.statements.length === 0) return null;
  return (
    <div>
      <p className="pb-1 text-lg font-semibold">{t('confirmed')}</p>
      <ul className="flex flex-col gap-2">
        {notice.statements.map(({ id, text }) => {
          const yes = declarations.includes(id);
          return (
            <li key={id} className="flex flex-wrap items-baseline gap-x-3">
              <Tag tone={yes ? 'ok' : 'warn'}>{t(yes ? 'yes' : 'no')}</Tag>
              <span lang={notice.language} className="min-w-0 max-w-measure flex-1 basis-60">
                {text}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function BidFiles({
  opened,
  files,
}: {
  opened: Filed<'bid-opened'>;
  files: Filed<'bid-opened'>['data']['files'];
}) {
  const t = useTranslations('tender.bids');
  const locale = useLocale();
  if (files.length === 0) return <p className="text-ink-soft">{t('noFiles')}</p>;
  return (
    <div>
      <p className="pb-2 text-lg font-semibold">{t('files')}</p>
      <ul className="divide-y divide-line border-y border-line">
        {files.map((file, n) => (
          <li
            key={`${file.sha256}-${n}`}
            className="flex flex-wrap items-center justify-between gap-x-6 py-2"
          >
            <a
              href={`/api/v1/bids/${opened.id}/files/${n}`}
              download={file.name}
              className="link min-w-0 break-words font-semibold"
            >
              {file.name}
            </a>
            <span className="flex flex-wrap items-center gap-x-4 text-sm text-ink-soft">
              {formatBytes(file.size, locale)}
              <Hash value={file.sha256} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
