import { useTranslations } from 'next-intl';
import { Fingerprints } from '@/components/tour/fingerprints';
import { Forgery } from '@/components/tour/forgery';
import { InRecord } from '@/components/tour/in-record';
import { Leaf } from '@/components/tour/leaf';
import { PathWalk } from '@/components/tour/path-walk';
import { RootCheck } from '@/components/tour/root-check';
import { TourStep } from '@/components/tour/tour-step';
import {
  FingerprintElsewhere,
  LeafElsewhere,
  PathElsewhere,
  RootElsewhere,
  TwinElsewhere,
} from './elsewhere';
import { Documents, Files, RecordOfDocument } from './files';
import type { TourData } from './read-tour';

/** The seven steps: what is said, what is done here, and how to do it elsewhere. */
export function Steps({ tour }: { tour: TourData }) {
  const t = useTranslations('tour');
  const { log, salt } = tour.example.evidence;
  return (
    <ol className="flex flex-col gap-14">
      <TourStep number={1} title={t('documents.title')} elsewhere={<Files />}>
        <Documents tour={tour} />
      </TourStep>
      <TourStep number={2} title={t('fingerprint.title')} elsewhere={<FingerprintElsewhere tour={tour} />}>
        <p>{t('fingerprint.body', { digits: tour.original.length })}</p>
        <Fingerprints />
      </TourStep>
      <TourStep number={3} title={t('record.title')} elsewhere={<RecordOfDocument tour={tour} search />}>
        <p>{t('record.body')}</p>
        <RecordOfDocument tour={tour} />
        <InRecord />
      </TourStep>
      <TourStep number={4} title={t('leaf.title')} elsewhere={<LeafElsewhere tour={tour} />}>
        <p>{t('leaf.body', { bytes: salt.length / 2 })}</p>
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
  );
}
