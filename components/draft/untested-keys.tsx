import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { committee } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** A warning, no obstacle: members whose key nobody has seen open anything since they accepted. */
export function UntestedKeys({ view }: { view: TenderView }) {
  const t = useTranslations('draft.untested');
  const { process, people } = view;
  const seats = committee(process)?.seats ?? [];
  const untested = seats.filter((seat) => !seat.rehearsed);
  if (untested.length === 0) return null;
  return (
    <Notice
      tone="warn"
      className="max-w-3xl"
      title={t('title', { count: untested.length, of: seats.length })}
    >
      <ul className="my-1 list-disc pl-5">
        {untested.map((seat) => (
          <li key={seat.index}>{people[seat.person] ?? seat.organization.name}</li>
        ))}
      </ul>
      <p>{t('body')}</p>
    </Notice>
  );
}
