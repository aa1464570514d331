import fs from 'node:fs/promises';
import path from 'node:path';
import { ContractFactory, JsonRpcProvider, Wallet, toQuantity, parseEther } from 'ethers';
import * as z from 'zod';
import { rpc } from '@/lib/server/embedded/chain';

const keysSchema = z.object({
  admin: z.string(),
  anchorer: z.string(),
  registrar: z.string(),
  reviewer: z.string(),
});

/** The ledger on the embedded chain: the one that is there, or a new one. */
export async function deployEmbeddedLedger(rpcUrl: string, present: string | null): Promise<string> {
  if (present !== null) {
    const code = await rpc(rpcUrl, 'eth_getCode', [present, 'latest']);
    if (code !== '0x') return present;
    throw new Error(
      `The chain in the data folder does not hold the contract ${present}: its folder was removed or replaced. ` +
        'Restore it from a backup, or begin anew with: npm start -- --reset',
    );
  }
  const keys = keysSchema.parse(JSON.parse(process.env.EMBEDDED_KEYS ?? '{}'));
  const provider = new JsonRpcProvider(rpcUrl, undefined, { staticNetwork: true, cacheTimeout: -1 });
  const address = (key: string) => new Wallet(`0x${key}`).address;
  for (const key of [keys.admin, keys.anchorer, keys.registrar, keys.reviewer]) {
    await rpc(rpcUrl, 'anvil_setBalance', [address(key), toQuantity(parseEther('1000000'))]);
  }
  const artifact = JSON.parse(
    await fs.readFile(path.join(process.cwd(), 'contracts', 'artifact', 'ProcurementLedger.json'), 'utf8'),
  );
  const factory = new ContractFactory(
    artifact.abi,
    artifact.bytecode,
    new Wallet(`0x${keys.admin}`, provider),
  );
  const ledger = await factory.deploy(
    ...[keys.admin, keys.anchorer, keys.registrar, keys.reviewer].map((key) => address(key)),
  );
  await ledger.waitForDeployment();
  provider.destroy();
  return String(ledger.target);
}
