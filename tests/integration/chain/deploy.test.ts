import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTIFACT_PATH, artifactText } from '@/contracts/compile.mjs';
import { ledgerCodeHash } from '@/lib/server/chain/artifact';
import { deployLedger } from '@/lib/server/chain/deploy';
import { connectLedger } from '@/lib/server/chain/ledger';
import { CHAIN_ID } from './anvil';
import { startWorld, type World } from './world';

describe('the committed artifact', () => {
  it('is what the sources compile to', () => {
    expect(readFileSync(ARTIFACT_PATH, 'utf8')).toBe(artifactText());
  }, 30_000);
});

describe('deployLedger', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  const options = () => ({
    rpcUrl: world.anvil.rpcUrl,
    chainId: CHAIN_ID,
    deployerKey: world.keys.deployer,
    admin: world.address('admin'),
    anchorer: world.address('anchorer'),
    registrar: world.address('registrar'),
    reviewer: world.address('reviewer'),
  });
  const height = async () => (await world.ledger.latestBlock()).number;

  it('reports what a registry descriptor needs', async () => {
    expect(world.deployment).toMatchObject({ chainId: CHAIN_ID, codeHash: ledgerCodeHash, blockNumber: 1 });
    expect(world.deployment.address).toMatch(/^0x[0-9a-fA-F]{40}$/);
    await world.ledger.verifyDeployment();
    expect(await world.ledger.anchorCount()).toBe(0);
  });

  it('checks an existing deployment and sends nothing', async () => {
    const before = await height();
    expect(await deployLedger({ ...options(), existing: world.deployment })).toEqual(world.deployment);
    expect(await height()).toBe(before);
  });

  it('refuses an existing address without a contract, or with another one', async () => {
    const nobody = { address: world.address('stranger'), blockNumber: 1 };
    await expect(deployLedger({ ...options(), existing: nobody })).rejects.toMatchObject({
      code: 'no-contract',
    });
    await world.anvil.call('anvil_setCode', world.address('stranger'), '0x600160005260206000f3');
    await expect(deployLedger({ ...options(), existing: nobody })).rejects.toMatchObject({
      code: 'code-mismatch',
    });
  });

  it('refuses an existing deployment whose roles are held by others', async () => {
    const other = { ...options(), registrar: world.address('stranger'), existing: world.deployment };
    await expect(deployLedger(other)).rejects.toMatchObject({ code: 'role-missing' });
  });

  it('refuses another chain, and two roles for one account, before it sends anything', async () => {
    const before = await height();
    await expect(deployLedger({ ...options(), chainId: 1 })).rejects.toMatchObject({ code: 'wrong-chain' });
    const twice = { ...options(), reviewer: world.address('registrar') };
    await expect(deployLedger(twice)).rejects.toMatchObject({ code: 'bad-value' });
    expect(await height()).toBe(before);
  });

  it('says so when the chain does not answer', async () => {
    const away = connectLedger({
      rpcUrl: 'http://127.0.0.1:9',
      chainId: CHAIN_ID,
      address: world.deployment.address,
    });
    await expect(away.anchorCount()).rejects.toMatchObject({ code: 'chain-unreachable' });
    await expect(away.verifyDeployment()).rejects.toMatchObject({ code: 'chain-unreachable' });
    away.close();
  });
});
