import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import type { TenderView } from '@/lib/server/queries/view';

/** In place of the draft's forms for somebody who may not write it, or when it is no longer one. */
export function NotEditable({ view }: { view: TenderView }) {
  const t = useTranslations('draft.locked');
  const { phase, roles, process } = view;
  const base = `/tenders/${encodeURIComponent(process.ocid)}`;
  if (phase === 'draft')
    return (
      <EmptyState title={t('officers')} action={<ButtonLink href={base}>{t('toTender')}</ButtonLink>}>
        {t('officersBody')}
      </EmptyState>
    );
  const office = roles.includes('officer') || roles.includes('approver');
  const waiting = phase === 'approval' && office;
  return (
    <EmptyState
      title={t(phase === 'approval' ? 'waiting' : 'published')}
      action={
        <ButtonLink href={waiting ? `${base}/approve` : base}>
          {t(waiting ? 'toApproval' : 'toTender')}
        </ButtonLink>
      }
    >
      {t(phase === 'approval' ? 'waitingBody' : 'publishedBody')}
    </EmptyState>
  );
}
