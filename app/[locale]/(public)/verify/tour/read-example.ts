import fs from 'node:fs/promises';
import path from 'node:path';
import { EXAMPLE_FILES } from '@/lib/browser/tour/files';
import { registryDescriptorSchema, type RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence, type Evidence } from '@/lib/evidence/format';

export interface TourExample {
  original: string;
  twin: string;
  evidence: Evidence;
  saltedEntry: Uint8Array;
  registry: RegistryDescriptor;
}

const read = (name: string) => fs.readFile(path.join(process.cwd(), 'public', 'spec', name));

/** What the tour of /verify is about: the bytes that are served, so that no figure of the page is written by hand. */
export async function tourExample(): Promise<TourExample> {
  const [original, twin, evidence, saltedEntry, registry] = await Promise.all([
    read(EXAMPLE_FILES.original),
    read(EXAMPLE_FILES.twin),
    read(EXAMPLE_FILES.evidence),
    read(EXAMPLE_FILES.saltedEntry),
    read(EXAMPLE_FILES.registry),
  ]);
  const parsed = parseEvidence(evidence.toString('utf8'));
  if (!parsed.ok) throw new Error(`The example is no evidence: ${parsed.detail}`);
  return {
    original: original.toString('utf8'),
    twin: twin.toString('utf8'),
    evidence: parsed.evidence,
    saltedEntry: new Uint8Array(saltedEntry),
    registry: registryDescriptorSchema.parse(JSON.parse(registry.toString('utf8'))),
  };
}
