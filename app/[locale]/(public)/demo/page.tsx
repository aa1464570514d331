import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DemoCast } from '@/components/site/demo-cast';
import { DemoPlay } from '@/components/site/demo-play';
import { PageHeader } from '@/components/ui/page-header';
import { demoBar } from '@/lib/server/queries/demo';

export async function generateMetadata(): Promise<Metadata> {
  if (!(await demoBar())) return {};
  const t = await getTranslations('demo');
  return { title: t('enter.title') };
}

/** The door of the demonstration. In production there is no such page. */
export default async function DemoPage() {
  const [bar, t] = await Promise.all([demoBar(), getTranslations('demo')]);
  if (!bar) notFound();
  return (
    <div className="page py-10">
      <PageHeader title={t('enter.title')} lead={t('enter.lead')} />
      <DemoPlay />
      <DemoCast {...bar} />
    </div>
  );
}
