import { useTranslations } from 'next-intl';
import { CommandLine, DoneElsewhere } from '@/components/tour/commands';
import { bytesDigest, fileDigest, fromBase64, verifyCommand } from '@/lib/browser/tour/commands';
import { EXAMPLE_FILES } from '@/lib/browser/tour/files';
import type { TourData } from './read-tour';

interface ElsewhereProps {
  tour: TourData;
}

export function FingerprintElsewhere({ tour: { original, twin } }: ElsewhereProps) {
  const t = useTranslations('tour.fingerprint');
  return (
    <>
      <DoneElsewhere about={t('original')} commands={fileDigest(EXAMPLE_FILES.original)} result={original} />
      <DoneElsewhere about={t('twin')} commands={fileDigest(EXAMPLE_FILES.twin)} result={twin} />
    </>
  );
}

export function LeafElsewhere({ tour: { way } }: ElsewhereProps) {
  const t = useTranslations('tour.leaf');
  return (
    <>
      <DoneElsewhere
        about={t('commitment')}
        commands={fileDigest(EXAMPLE_FILES.saltedEntry)}
        result={way.commitment}
      />
      <DoneElsewhere about={t('leaf')} commands={bytesDigest(`00${way.commitment}`)} result={way.leaf} />
    </>
  );
}

export function PathElsewhere({ tour: { way } }: ElsewhereProps) {
  const t = useTranslations('tour.path');
  const [first] = way.joins;
  if (!first) return null;
  const { left, right, result } = first;
  return <DoneElsewhere about={t('elsewhere')} commands={bytesDigest(`01${left}${right}`)} result={result} />;
}

export function RootElsewhere({ tour: { example, way } }: ElsewhereProps) {
  const t = useTranslations('tour.root');
  const [, , line = ''] = example.evidence.checkpoint.split('\n');
  return <DoneElsewhere about={t('elsewhere')} commands={fromBase64(line)} result={way.root} />;
}

export function TwinElsewhere() {
  const t = useTranslations('tour');
  const { evidence, twin, registry } = EXAMPLE_FILES;
  return (
    <>
      <p className="text-sm">{t('twin.elsewhere')}</p>
      <CommandLine label={t('commands.any')} text={verifyCommand(evidence, twin, registry)} />
    </>
  );
}
