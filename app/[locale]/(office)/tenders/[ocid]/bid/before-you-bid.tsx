import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';

interface BeforeYouBidProps {
  organization: string;
  /** The rule pack publishes the whole envelope at the opening. */
  publicAtOpening: boolean;
  k: number;
  n: number;
}

/** What a tenderer should know and declares by bidding, before anything is typed. */
export function BeforeYouBid({ organization, publicAtOpening, k, n }: BeforeYouBidProps) {
  const t = useTranslations('office.bid.before');
  return (
    <div className="mb-10 flex max-w-3xl flex-col gap-6">
      {publicAtOpening ? (
        <Notice tone="warn" title={t('publicTitle')}>
          <p>{t('publicBody')}</p>
        </Notice>
      ) : null}
      <div>
        <h2 className="text-xl">{t('title')}</h2>
        <p className="mt-2">{t('for', { organization })}</p>
        <ul className="mt-3 flex max-w-measure list-disc flex-col gap-2 pl-6 marker:text-ink-soft">
          <li>{t('sealed', { k, n })}</li>
          <li>{t('one')}</li>
          <li>{t('recovery')}</li>
          <li>{t('declares')}</li>
        </ul>
      </div>
    </div>
  );
}
