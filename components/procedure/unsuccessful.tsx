import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { RecordData } from '@/lib/record/catalogue';

/** A tender, or a lot or part of it, that ended without an award, and why. */
export function Unsuccessful({
  data,
  divided = false,
}: {
  data: RecordData<'tender-unsuccessful'>;
  divided?: boolean;
}) {
  const t = useTranslations('tender.unsuccessful');
  return (
    <Notice tone="warn" title={t(divided ? 'titleOfUnit' : 'title')}>
      <p>{t(data.reason, { bids: data.bids, minimum: data.minimum })}</p>
    </Notice>
  );
}
