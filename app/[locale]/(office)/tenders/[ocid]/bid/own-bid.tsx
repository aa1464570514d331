import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button-link';
import { buttonClass } from '@/components/ui/button';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { formatBytes } from '@/lib/i18n/format';
import type { Phase } from '@/lib/procedure/phases';
import type { Filed } from '@/lib/procedure/state';

const BODIES: Partial<Record<Phase, 'bodyOpen' | 'bodyClosed' | 'bodyUnopened'>> = {
  open: 'bodyOpen',
  closing: 'bodyClosed',
  opening: 'bodyClosed',
  unsuccessful: 'bodyUnopened',
};

/** The bid that one's own organization has handed in: what there is to keep, and what comes next. */
export function OwnBid({ bid, phase, bidsDue }: { bid: Filed<'bid'>; phase: Phase; bidsDue: string }) {
  const t = useTranslations('office.bid.own');
  const locale = useLocale();
  const { envelope, size } = bid.data;
  return (
    <section aria-labelledby="own-bid" className="flex max-w-3xl flex-col gap-6">
      <Notice tone="ok" title={<span id="own-bid">{t('title')}</span>}>
        <p>{t(BODIES[phase] ?? 'bodyOpened')}</p>
      </Notice>
      <SummaryList
        rows={[
          { key: 'time', label: t('time'), value: <LocalTime instant={bid.time} /> },
          { key: 'due', label: t('due'), value: <LocalTime instant={bidsDue} /> },
          { key: 'envelope', label: t('envelope'), value: <Hash value={envelope} ends={10} /> },
          { key: 'size', label: t('size'), value: formatBytes(size, locale) },
          { key: 'commitment', label: t('commitment'), value: <Hash value={bid.commitment} ends={10} /> },
          {
            key: 'log',
            label: t('log'),
            value:
              bid.index === null
                ? t('unsequenced')
                : t(bid.anchorIndex === null ? 'logged' : 'anchored', { index: bid.index }),
          },
        ]}
      />
      <div className="flex flex-wrap gap-3" data-print="hide">
        <a
          href={`/api/v1/receipts/${bid.id}`}
          download={`receipt-${bid.id}.json`}
          className={buttonClass('primary')}
        >
          {t('receipt')}
        </a>
        <a
          href={`/api/v1/receipts/${bid.id}/pdf?language=${locale}`}
          download={`receipt-${bid.id}.pdf`}
          className={buttonClass('secondary')}
        >
          {t('receiptPdf')}
        </a>
        <a
          href={`/api/v1/envelopes/${envelope}`}
          download={`${envelope.slice(0, 16)}.envelope`}
          className={buttonClass('secondary')}
        >
          {t('ciphertext')}
        </a>
        <ButtonLink href="/work" variant="quiet">
          {t('back')}
        </ButtonLink>
      </div>
      <p className="max-w-measure text-ink-soft">{t('recovery')}</p>
    </section>
  );
}
