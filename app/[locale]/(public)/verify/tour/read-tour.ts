import { climb, neighboursOf, type Climb } from '@/lib/browser/tour/climb';
import { fileAddress } from '@/lib/browser/tour/files';
import { fingerprint } from '@/lib/browser/tour/fingerprint';
import { tourExample, type TourExample } from './read-example';
import type { TourFacts } from '@/components/tour/tour-provider';

export interface TourData {
  example: TourExample;
  /** Fingerprints of the files as they are served now. */
  original: string;
  twin: string;
  way: Climb;
  facts: TourFacts;
}

/** Everything that the page states without a browser's help, computed from the served files. */
export async function readTour(): Promise<TourData> {
  const example = await tourExample();
  const { evidence, saltedEntry, registry } = example;
  const [document] = evidence.entry.record.documents;
  const neighbours = neighboursOf(saltedEntry, evidence.log);
  if (!document || !neighbours || !evidence.anchor) throw new Error('The example is incomplete');
  const { index, treeSize, rootHash, inclusionProof } = evidence.log;
  const encoder = new TextEncoder();
  return {
    example,
    original: fingerprint(encoder.encode(example.original)),
    twin: fingerprint(encoder.encode(example.twin)),
    way: climb(saltedEntry, neighbours),
    facts: {
      files: {
        original: fileAddress('original'),
        twin: fileAddress('twin'),
        saltedEntry: fileAddress('saltedEntry'),
      },
      recorded: document.sha256,
      log: { index, treeSize, rootHash, inclusionProof },
      checkpoint: evidence.checkpoint,
      logKey: registry.logKey,
      anchorRoot: evidence.anchor.rootHash,
    },
  };
}
