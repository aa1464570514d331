import { useTranslations } from 'next-intl';
import type { Phase } from '@/lib/procedure/phases';
import { tender, type Process } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { decidingScope, lotStandings, winnerOf, type LotStanding } from './divided';
import { PhaseSentence } from './phase-sentence';

/** Until then all lots stand at the same point. */
const TOGETHER: readonly Phase[] = ['draft', 'approval', 'publishing', 'open', 'closing'];
const AWARDED: readonly Phase[] = ['contract', 'implementation'];

const count = (lots: readonly LotStanding[], phases: readonly Phase[]): number =>
  lots.filter((lot) => phases.includes(lot.phase)).length;

/** Where the tender, or the lot of it that is looked at, stands, in a sentence for people. */
export function StandingSentence({ view, lot }: { view: TenderView; lot?: LotStanding | undefined }) {
  const t = useTranslations('tender.units');
  const { process, phase, units, now } = view;
  const lots = process.unit ? [] : lotStandings(units);
  if (!lot && lots.length > 1 && !TOGETHER.includes(phase)) {
    const [awarded, ended] = [count(lots, AWARDED), count(lots, ['unsuccessful'])];
    return (
      <>{t('standing', { count: lots.length, awarded, ended, moving: lots.length - awarded - ended })}</>
    );
  }
  return <OneSentence scope={decidingScope(process, lot ?? lots[0])} phase={lot?.phase ?? phase} now={now} />;
}

function OneSentence({ scope, phase, now }: { scope: Process; phase: Phase; now: number }) {
  const { opening, announcement } = scope.chain;
  return (
    <PhaseSentence
      phase={phase}
      bidsDue={opening?.bidsDue ?? tender(scope)?.bidsDue ?? null}
      standstillEnds={announcement?.standstillEnds}
      supplier={winnerOf(scope)?.name}
      now={now}
    />
  );
}
