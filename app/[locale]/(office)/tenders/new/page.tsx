import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TemplateStart } from '@/components/draft/template-start';
import { EmptyState } from '@/components/ui/empty-state';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { RULE_PACKS } from '@/lib/procedure/rules/packs';
import { currentViewer } from '@/lib/server/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('draft.new');
  return { title: t('title') };
}

/** Begins a tender: from an empty form, or after a notice that somebody published as OCDS. */
export default async function NewTenderPage() {
  const t = await getTranslations('draft.new');
  const office = await getTranslations('common');
  const viewer = await currentViewer();
  const pack = RULE_PACKS[0];
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        crumbs={[{ href: '/work', label: office('nav.office') }]}
        title={t('title')}
        lead={viewer?.roles.includes('officer') ? t('lead') : undefined}
      />
      {viewer?.roles.includes('officer') && pack ? (
        <Messages namespaces={['draft', 'tenders']}>
          <TemplateStart
            organization={viewer.organization}
            rulePack={pack.id}
            standstill={pack.rules.standstill.value}
          />
        </Messages>
      ) : (
        <EmptyState
          title={t('officersOnly')}
          action={<ButtonLink href="/work">{office('nav.office')}</ButtonLink>}
        >
          {t('officersOnlyBody')}
        </EmptyState>
      )}
    </div>
  );
}
