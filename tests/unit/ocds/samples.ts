import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Sample {
  name: string;
  text: string;
}

/** Every package in a folder; none where there is no such folder. */
const packagesIn = (folder: string): Sample[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.jsonl?$/.test(name))
        .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    : [];

/** Packages of our own, written for these tests: every form that a publisher may send, with what must not be taken over. */
export const OWN_SAMPLES = packagesIn(join(import.meta.dirname, 'packages'));

/**
 * Reference data of the Open Contracting Partnership, kept beside a checkout by those who have it; the project does
 * not contain it.
 */
const root = resolve(process.cwd(), '../shared/ocds');
export const PUBLISHED_SAMPLES = packagesIn(join(root, 'samples'));

export const SAMPLES: Sample[] = [...OWN_SAMPLES, ...PUBLISHED_SAMPLES];

const schemaFile = join(root, 'schema/release-schema.json');
/** The release schema of OCDS 1.1.5, or null where it is not at hand. */
export const RELEASE_SCHEMA: Record<string, unknown> | null = existsSync(schemaFile)
  ? (JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>)
  : null;
