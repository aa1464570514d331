import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Reference data of the Open Contracting Partnership, kept beside a checkout by those who have it; the project does
 * not contain it. Without the folder these lists are empty, and the tests of the project's own fixtures stand alone.
 */
const root = resolve(process.cwd(), '../shared/ocds');

export const SAMPLES: { name: string; text: string }[] = existsSync(join(root, 'samples'))
  ? readdirSync(join(root, 'samples'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ name, text: readFileSync(join(root, 'samples', name), 'utf8') }))
  : [];

const schemaFile = join(root, 'schema/release-schema.json');
/** The release schema of OCDS 1.1.5, or null where it is not at hand. */
export const RELEASE_SCHEMA: Record<string, unknown> | null = existsSync(schemaFile)
  ? (JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>)
  : null;
