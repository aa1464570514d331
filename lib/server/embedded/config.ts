import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

// What the embedded world makes once and keeps: its secrets, its ports, and whether it was completed. Random, never
// well-known, and readable by the owner only.

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.object({
  version: z.literal(1),
  /** False until database, contract and demonstration are complete: what a kill left half made is made anew. */
  complete: z.boolean(),
  contract: z.object({ address: z.string(), blockNumber: z.number().int() }).nullable(),
  /** Seconds since 1970 of the chain's first block. */
  genesisTime: z.number().int(),
  ports: z.object({ web: z.number().int(), postgres: z.number().int(), chain: z.number().int() }),
  postgresPassword: z.string().min(16),
  keys: z.object({ admin: hex32, anchorer: hex32, registrar: hex32, reviewer: hex32, log: hex32 }),
  authSecret: hex32,
});

export type EmbeddedConfig = z.output<typeof schema>;

const genesisBackSeconds = 200 * 24 * 3600;

/**
 * A new world's configuration. The usual ports are tried first.
 * @param history whether the chain begins far enough back for the demonstration's history; without one it begins now, as
 * nothing would move its clock forward
 */
export function newConfig(now: Date, { history }: { history: boolean }): EmbeddedConfig {
  const key = () => randomBytes(32).toString('hex');
  return {
    version: 1,
    complete: false,
    contract: null,
    genesisTime: Math.floor(now.getTime() / 1000) - (history ? genesisBackSeconds : 0),
    ports: { web: 3000, postgres: 54_329, chain: 8545 },
    postgresPassword: randomBytes(24).toString('base64url'),
    keys: { admin: key(), anchorer: key(), registrar: key(), reviewer: key(), log: key() },
    authSecret: key(),
  };
}

export async function readConfig(dataFolder: string): Promise<EmbeddedConfig | null> {
  const file = path.join(dataFolder, 'config.json');
  const text = await fs.readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged. Restore it, or begin anew with: npm start -- --reset`);
  }
}

/** Writes the whole file beside its place and renames it: a kill leaves the old one or the new one. */
export async function writeConfig(dataFolder: string, config: EmbeddedConfig): Promise<void> {
  await fs.mkdir(dataFolder, { recursive: true, mode: 0o755 });
  const file = path.join(dataFolder, 'config.json');
  await fs.writeFile(`${file}.new`, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await fs.rename(`${file}.new`, file);
}
