import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TourProvider } from '@/components/tour/tour-provider';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { Ending } from './ending';
import { readTour } from './read-tour';
import { Steps } from './steps';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tour');
  return { title: t('title'), description: t('lead') };
}

/** From a file to the chain by hand, for whoever has never heard of a hash. */
export default async function TourPage() {
  const [t, tour] = await Promise.all([getTranslations('tour'), readTour()]);
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title={t('title')} lead={t('lead')} />
      <noscript>
        <p className="mb-8 max-w-measure font-semibold">{t('noScript')}</p>
      </noscript>
      <Messages namespaces={['tourPlay']}>
        <TourProvider facts={tour.facts}>
          <Steps tour={tour} />
        </TourProvider>
        <Ending />
      </Messages>
    </div>
  );
}
