import type { PublishedStage } from '@/lib/audit/sources';
import type { ProvenRecord } from './rebuild';
import { row, type CheckRow } from './report';

const nameOf = ({ key, stage, round }: { key: string; stage: number; round: number }) =>
  `${key} ${stage} ${round}`;

/**
 * Of each closed stage: whether all of its records are among the proven ones. The count is the one that proofs and chain
 * agree on; a stage of which nothing is published yet is named with the registry's own count.
 */
export function checkStages(
  published: readonly PublishedStage[],
  proven: readonly ProvenRecord[],
): CheckRow[] {
  const stages = new Map<string, { key: string; stage: number; count: number; places: number[] }>();
  for (const { key, stage, round, count } of published)
    stages.set(nameOf({ key, stage, round }), { key, stage, count, places: [] });
  for (const { evidence } of proven) {
    const proof = evidence.stage;
    if (proof === null) continue;
    const { key, stage, count } = proof;
    const places = stages.get(nameOf(proof))?.places ?? [];
    stages.set(nameOf(proof), { key, stage, count, places: [...places, proof.index] });
  }
  return [...stages.values()].map(({ key, stage, count, places }) => {
    const distinct = new Set(places).size;
    const about = { id: key, name: '', stage, detail: `${distinct}/${count}` };
    if (distinct !== places.length) return row('stages', 'stage-doubled', about);
    return row('stages', distinct === count ? 'stage-complete' : 'stage-partly-published', about);
  });
}
