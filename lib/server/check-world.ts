import { ed25519 } from '@noble/curves/ed25519.js';
import { parseCheckpoint, verifyCheckpoint } from '@/lib/merkle/checkpoint';
import { verifierKey } from '@/lib/merkle/verifier-key';
import { fromHex, toHex } from '@/lib/record/hex';
import { ChainError, type ChainErrorCode } from './chain/chain-error';
import { connectLedger } from './chain/ledger';
import { readRoles } from './chain/role-holders';
import { addressOf } from './chain/transactions';
import { checkDatabaseRole } from './check-database';
import { ConfigurationError } from './env';
import { logHead } from './log-store';
import type { World } from './world';
import type { WorldProblem } from './world-problem';

// What the shape of the configuration cannot tell: whether these keys, this chain, this contract and this database belong
// together. Only what is certainly wrong is a problem; a chain that is away is not, as filing goes on without it.

/** LOG_KEY and REGISTRY_ORIGIN against the newest checkpoint: with others the log would go on as another's. */
export async function checkLogKey({ db, env }: Pick<World, 'db' | 'env'>): Promise<WorldProblem[]> {
  const head = await logHead(db);
  if (!head) return [];
  const parsed = parseCheckpoint(head.note);
  if (parsed === null)
    return [
      {
        code: 'checkpoint-damaged',
        message: `The newest stored checkpoint (size ${head.size}) is damaged: restore the database from a backup.`,
      },
    ];
  if (parsed.origin !== env.REGISTRY_ORIGIN)
    return [
      {
        code: 'other-origin',
        message:
          `REGISTRY_ORIGIN is "${env.REGISTRY_ORIGIN}", but the log in the database is "${parsed.origin}": set it back. ` +
          'A log keeps its name for ever.',
      },
    ];
  const key = verifierKey(env.REGISTRY_ORIGIN, ed25519.getPublicKey(fromHex(env.LOG_KEY, 32)));
  if (verifyCheckpoint(head.note, key).ok) return [];
  return [
    {
      code: 'other-log-key',
      message:
        'LOG_KEY does not verify the newest stored checkpoint: it is not the key of the log in this database. ' +
        'Set the key that signed it.',
    },
  ];
}

const CERTAIN: Partial<Record<ChainErrorCode, (env: World['env'], detail: string) => WorldProblem>> = {
  'wrong-chain': (env, detail) => ({
    code: 'wrong-chain',
    message: `CHAIN_ID is ${env.CHAIN_ID}, but CHAIN_RPC_URL serves another chain: mend whichever is wrong. ${detail}.`,
  }),
  'no-contract': (env) => ({
    code: 'no-contract',
    message:
      `CONTRACT_ADDRESS ${env.CONTRACT_ADDRESS} holds no contract on chain ${env.CHAIN_ID}: check the address, or deploy ` +
      'as contracts/README.md says.',
  }),
  'code-mismatch': (env) => ({
    code: 'other-contract',
    message:
      `CONTRACT_ADDRESS ${env.CONTRACT_ADDRESS} holds another contract than this release's ProcurementLedger: check the ` +
      'address, and that this release is the one that the contract was deployed from.',
  }),
};

async function checkKeys(env: World['env'], rpc: Parameters<typeof readRoles>[0]): Promise<WorldProblem[]> {
  const accounts = { anchorer: addressOf(env.ANCHORER_KEY), registrar: addressOf(env.REGISTRAR_KEY) };
  const held = await readRoles(rpc, accounts);
  const right = { anchorer: held.anchorer.ANCHORER, registrar: held.registrar.REGISTRAR };
  if (!right.anchorer && !right.registrar && held.anchorer.REGISTRAR && held.registrar.ANCHORER)
    return [
      {
        code: 'keys-swapped',
        message: 'ANCHORER_KEY and REGISTRAR_KEY are swapped: each has the role of the other. Exchange them.',
      },
    ];
  const missing = (variable: string, account: string, role: string) =>
    `${variable} is the key of ${account}, which does not have the role ${role} in the contract ` +
    `${env.CONTRACT_ADDRESS}: set the key of the account that has it, or have the admin grant it.`;
  const problems: WorldProblem[] = [];
  if (!right.anchorer)
    problems.push({
      code: 'anchorer-role-missing',
      message: missing('ANCHORER_KEY', accounts.anchorer, 'ANCHORER'),
    });
  if (!right.registrar)
    problems.push({
      code: 'registrar-role-missing',
      message: missing('REGISTRAR_KEY', accounts.registrar, 'REGISTRAR'),
    });
  return problems;
}

/** The newest anchor must be a checkpoint of ours; then, by the contract's own proofs, so is every earlier one. */
async function checkAnchor(
  { db, env }: Pick<World, 'db' | 'env'>,
  newest: { index: number; anchor: { treeSize: number; rootHash: string } } | null,
): Promise<WorldProblem[]> {
  if (!newest) return [];
  const { treeSize, rootHash } = newest.anchor;
  const own = await db.checkpoint.findUnique({ where: { treeSize: BigInt(treeSize) } });
  if (own && toHex(own.rootHash) === rootHash) return [];
  const size = (await logHead(db))?.size ?? 0;
  if (size > 0 && treeSize > size)
    return [
      {
        code: 'log-behind-chain',
        message:
          `The contract ${env.CONTRACT_ADDRESS} holds anchor ${newest.index} of ${treeSize} leaves, but the log in the database ` +
          `has ${size}: an old backup was restored, or the contract is another registry's. Restore the newest state; a log ` +
          'that goes on from an older one can never be anchored again.',
      },
    ];
  return [
    {
      code: 'foreign-root',
      message:
        `The contract ${env.CONTRACT_ADDRESS} holds anchor ${newest.index} (${treeSize} leaves, root ${rootHash}), which this log ` +
        'does not contain: another registry uses this contract, or this is another database. Check CONTRACT_ADDRESS and ' +
        'DATABASE_URL.',
    },
  ];
}

export interface ChainCheck {
  problems: WorldProblem[];
  /** Why the chain could not be asked, or null when it was. */
  away: string | null;
}

/** Chain id, contract, keys and newest anchor, as the node tells them now. */
export async function checkChainWorld({ db, env }: Pick<World, 'db' | 'env'>): Promise<ChainCheck> {
  const rpc = { rpcUrl: env.CHAIN_RPC_URL, chainId: env.CHAIN_ID, address: env.CONTRACT_ADDRESS };
  const ledger = connectLedger(rpc);
  try {
    await ledger.verifyDeployment();
    const keys = await checkKeys(env, rpc);
    return {
      problems: [...keys, ...(await checkAnchor({ db, env }, await ledger.latestAnchor()))],
      away: null,
    };
  } catch (error) {
    if (!(error instanceof ChainError)) throw error;
    const certain = CERTAIN[error.code]?.(env, error.message);
    return certain ? { problems: [certain], away: null } : { problems: [], away: error.message };
  } finally {
    ledger.close();
  }
}

/** What must be right before anything is filed or signed. @throws when the database does not answer */
export async function checkOwnWorld(world: Pick<World, 'db' | 'env'>): Promise<WorldProblem[]> {
  const database = await checkDatabaseRole(world.db);
  const readable = !database.some(({ code }) => code === 'database-not-migrated');
  return readable ? [...database, ...(await checkLogKey(world))] : database;
}

/** Everything, for the start command. */
export async function checkWorld(world: Pick<World, 'db' | 'env'>): Promise<ChainCheck> {
  const own = await checkOwnWorld(world);
  if (own.some(({ code }) => code === 'database-not-migrated')) return { problems: own, away: null };
  const { problems, away } = await checkChainWorld(world);
  return { problems: [...own, ...problems], away };
}

/** @throws ConfigurationError naming every problem, when there is one */
export function refuseProblems(problems: readonly WorldProblem[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems.map(({ message }) => message));
}
