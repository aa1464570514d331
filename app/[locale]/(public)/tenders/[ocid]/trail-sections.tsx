import { useTranslations } from 'next-intl';
import { ClosedStages } from '@/components/procedure/closed-stages';
import { Section } from '@/components/procedure/section';
import { Trail } from '@/components/procedure/trail';
import type { TenderView } from '@/lib/server/queries/view';

/** Every disclosed record, and what the chain holds of them. */
export function TrailSections({ view }: { view: TenderView }) {
  const t = useTranslations('tender');
  const { process, people } = view;
  return (
    <>
      <Section id="trail" title={t('trail.title')} lead={t('trail.lead')}>
        {process.filed.length > 0 ? (
          <Trail process={process} people={people} />
        ) : (
          <p className="text-ink-soft">{t('trail.none')}</p>
        )}
      </Section>
      <Section id="chain" title={t('chain.title')} lead={t('chain.lead')}>
        <ClosedStages process={process} />
      </Section>
    </>
  );
}
