import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';

interface BidIntroProps {
  organization: string;
  /** The rule pack publishes whole envelopes when they are opened. */
  publicAtOpening: boolean;
  twoEnvelopes: boolean;
  k: number;
  n: number;
}

/** What a tenderer should know before anything is typed, the residual risks included. */
export function BidIntro({ organization, publicAtOpening, twoEnvelopes, k, n }: BidIntroProps) {
  const t = useTranslations('bid.intro');
  return (
    <div className="flex max-w-3xl flex-col gap-6">
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
          {twoEnvelopes ? <li>{t('twoEnvelopes')}</li> : null}
          <li>{t('change')}</li>
          <li>{t('recovery')}</li>
          <li>{t('residual', { k })}</li>
        </ul>
      </div>
    </div>
  );
}
