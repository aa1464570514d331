import fs from 'node:fs';
import path from 'node:path';
import { connectLedger, type Ledger } from '@/lib/server/chain/ledger';
import { embeddedChainId, forgetEnv } from '@/lib/server/env';
import { world, type World } from '@/lib/server/world';
import { e2eWorld, type E2eWorld } from '../../harness/e2e-world';

// What stands behind the pages: the same database, files and chain that the application uses, for making accounts and
// for holding what a page says against what is there.

export interface Inside extends E2eWorld {
  world: World;
  ledger: Ledger;
}

let opened: Inside | undefined;

/** The running application's inside, connected once for each worker of the test runner. */
export function inside(): Inside {
  if (opened) return opened;
  const e2e = e2eWorld();
  const config = JSON.parse(fs.readFileSync(path.join(e2e.dataFolder, 'config.json'), 'utf8')) as {
    authSecret: string;
  };
  Object.assign(process.env, {
    DATABASE_URL: e2e.databaseUrl,
    CHAIN_RPC_URL: e2e.rpcUrl,
    CHAIN_ID: String(embeddedChainId),
    CHAIN_FINALITY: 'confirmations',
    CHAIN_CONFIRMATIONS: '1',
    CONTRACT_ADDRESS: e2e.contract.address,
    ANCHORER_KEY: e2e.keys.anchorer,
    REGISTRAR_KEY: e2e.keys.registrar,
    LOG_KEY: e2e.keys.log,
    AUTH_SECRET: config.authSecret,
    REGISTRY_ORIGIN: 'localhost/tenderproof',
    BASE_URL: e2e.baseUrl,
    STORAGE_DIR: path.join(e2e.dataFolder, 'storage'),
    LOG_LEVEL: 'silent',
    DEMO: '1',
  });
  forgetEnv();
  const { rpcUrl } = e2e;
  const ledger = connectLedger({ rpcUrl, chainId: embeddedChainId, address: e2e.contract.address });
  opened = { ...e2e, world: world(), ledger };
  return opened;
}

/** Ends what `inside` holds open, at the end of a file: the next one, in the same worker, connects anew. */
export function leaveInside(): void {
  opened?.ledger.close();
  opened = undefined;
}

/** The row id of a process. */
export async function tenderId(ocid: string): Promise<string> {
  const [row] = await inside().sql('SELECT id FROM tenders WHERE ocid = $1', [ocid]);
  return String(row?.id);
}
