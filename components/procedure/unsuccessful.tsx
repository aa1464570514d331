import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { RecordData } from '@/lib/record/catalogue';

/** A tender that ended without an award, and why. */
export function Unsuccessful({ data }: { data: RecordData<'tender-unsuccessful'> }) {
  const t = useTranslations('tender.unsuccessful');
  return (
    <Notice tone="warn" title={t('title')}>
      <p>{t(data.reason, { bids: data.bids, minimum: data.minimum })}</p>
    </Notice>
  );
}
