import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Forgery } from '@/components/tour/forgery';
import { Fingerprints } from '@/components/tour/fingerprints';
import { InRecord } from '@/components/tour/in-record';
import { Leaf } from '@/components/tour/leaf';
import { PathWalk } from '@/components/tour/path-walk';
import { RootCheck } from '@/components/tour/root-check';
import { TourProvider } from '@/components/tour/tour-provider';
import { TourStep } from '@/components/tour/tour-step';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { Documents, Files, RecordOfDocument } from './files';
import { Ending } from './ending';
import { readTour } from './read-tour';
import {
  FingerprintElsewhere,
  LeafElsewhere,
  PathElsewhere,
  RootElsewhere,
  TwinElsewhere,
} from './elsewhere';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tour');
  return { title: t('title'), description: t('lead') };
}

/** From a file to the chain by hand, for whoever has never heard of a hash. */
export default async function TourPage() {
  const [t, tour] = await Promise.all([getTranslations('tour'), readTour()]);
  const { log } = tour.example.evidence;
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title={t('title')} lead={t('lead')} />
      <noscript>
        <p className="mb-8 max-w-measure font-semibold">{t('noScript')}</p>
      </noscript>
      <Messages namespaces={['tourPlay']}>
        <TourProvider facts={tour.facts}>
          <ol className="flex flex-col gap-14">
            <TourStep number={1} title={t('documents.title')} elsewhere={<Files />}>
              <Documents tour={tour} />
            </TourStep>
            <TourStep
              number={2}
              title={t('fingerprint.title')}
              elsewhere={<FingerprintElsewhere tour={tour} />}
            >
              <p>{t('fingerprint.body', { digits: tour.original.length })}</p>
              <Fingerprints />
            </TourStep>
            <TourStep
              number={3}
              title={t('record.title')}
              elsewhere={<RecordOfDocument tour={tour} search />}
            >
              <p>{t('record.body')}</p>
              <RecordOfDocument tour={tour} />
              <InRecord />
            </TourStep>
            <TourStep number={4} title={t('leaf.title')} elsewhere={<LeafElsewhere tour={tour} />}>
              <p>{t('leaf.body', { bytes: tour.example.evidence.salt.length / 2 })}</p>
              <Leaf />
            </TourStep>
            <TourStep number={5} title={t('path.title')} elsewhere={<PathElsewhere tour={tour} />}>
              <p>{t('path.body', { size: log.treeSize, count: log.inclusionProof.length })}</p>
              <PathWalk />
            </TourStep>
            <TourStep number={6} title={t('root.title')} elsewhere={<RootElsewhere tour={tour} />}>
              <p>{t('root.body')}</p>
              <p className="text-ink-soft">{t('root.example')}</p>
              <RootCheck />
            </TourStep>
            <TourStep number={7} title={t('twin.title')} elsewhere={<TwinElsewhere />}>
              <p>{t('twin.body')}</p>
              <p>{t('twin.forger')}</p>
              <Forgery />
            </TourStep>
          </ol>
        </TourProvider>
        <Ending />
      </Messages>
    </div>
  );
}
