import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ErrorFragment, ZeroAddress, ZeroHash } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactFiles, ARTIFACTS } from '@/contracts/compile.mjs';
import { deployFromSettings } from '@/lib/cli/deploy-command';
import { readDeployment } from '@/lib/cli/deployment-record';
import { ledgerCodeHash, ledgerInterface } from '@/lib/server/chain/artifact';
import { encodeOpenTender } from '@/lib/server/chain/calls';
import { deployLedger } from '@/lib/server/chain/deploy';
import { connectLedger } from '@/lib/server/chain/ledger';
import { explainRevert } from '@/lib/server/chain/refusal';
import { CHAIN_ID } from './anvil';
import { startWorld, type World } from './world';

describe('the committed artifact', () => {
  const committed = (name: string) => readFileSync(path.join(ARTIFACTS, name), 'utf8');

  // The artifact is compiled from the very standard input that is written beside it for explorers.
  it('is what the sources compile to, by the standard input that verifies a deployment', () => {
    const files = artifactFiles();
    expect(Object.keys(files)).toHaveLength(3);
    for (const [name, text] of Object.entries(files)) expect(committed(name) === text, name).toBe(true);
  }, 180_000);

  it('names every source it was compiled from, with its text', () => {
    const input = JSON.parse(committed('standard-input.json')) as { sources: Record<string, object> };
    const metadata = JSON.parse(committed('metadata.json')) as { sources: Record<string, object> };
    expect(Object.keys(input.sources).toSorted()).toEqual(Object.keys(metadata.sources).toSorted());
    expect(Object.keys(input.sources)).toContain('contracts/lib/Status.sol');
  });
});

describe('explainRevert', () => {
  it('has a sentence for every custom error of the contract', () => {
    const errors = ledgerInterface.fragments.filter((fragment) => ErrorFragment.isFragment(fragment));
    expect(errors.length).toBeGreaterThan(30);
    for (const error of errors) {
      const values = error.inputs.map(({ type }) =>
        type === 'address' ? ZeroAddress : type === 'bytes32' ? ZeroHash : 7,
      );
      const refusal = explainRevert(ledgerInterface.encodeErrorResult(error, values));
      expect(refusal.code).toBe(error.name);
      expect(refusal.message).not.toContain('undefined');
    }
  });

  it('does not guess what it does not know', () => {
    expect(explainRevert('0x').code).toBe('Unrecognized');
    expect(explainRevert('0xdeadbeef').code).toBe('Unrecognized');
  });
});

describe('what goes to the chain', () => {
  const call = {
    process: 'a'.repeat(64),
    notice: 'b'.repeat(64),
    keyset: 'c'.repeat(64),
    bidsDue: 1,
    standstill: 1,
  };

  it('takes 64 lower-case hex digits and safe whole numbers only', () => {
    expect(encodeOpenTender(call)).toMatch(/^0x[0-9a-f]+$/);
    const badValue = expect.objectContaining({ code: 'bad-value' });
    const wrong = [
      { ...call, notice: `0x${call.notice}` },
      { ...call, notice: call.notice.toUpperCase() },
      { ...call, notice: call.notice.slice(2) },
      { ...call, bidsDue: 1.5 },
      { ...call, bidsDue: -1 },
      { ...call, bidsDue: 2 ** 53 },
      { ...call, standstill: 2 ** 32 },
    ];
    for (const input of wrong) expect(() => encodeOpenTender(input)).toThrow(badValue);
  });
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

  describe('by the command', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-deployments-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const settings = () => ({
      CHAIN_RPC_URL: world.anvil.rpcUrl,
      CHAIN_ID: String(CHAIN_ID),
      CHAIN_CONFIRMATIONS: '1',
      DEPLOYER_KEY: world.keys.deployer,
      ADMIN_ADDRESS: world.address('admin'),
      ANCHORER_ADDRESS: world.address('anchorer'),
      REGISTRAR_ADDRESS: world.address('registrar'),
      REVIEWER_ADDRESS: world.address('reviewer'),
    });

    it('names every setting that is missing, and writes nothing for a wrong chain', async () => {
      const incomplete = deployFromSettings(
        { ...settings(), DEPLOYER_KEY: undefined, CHAIN_ID: 'x' },
        folder,
      );
      await expect(incomplete).rejects.toThrow(/CHAIN_ID[^]*DEPLOYER_KEY/);
      const wrong = deployFromSettings({ ...settings(), CHAIN_ID: '1' }, folder);
      await expect(wrong).rejects.toMatchObject({ code: 'wrong-chain' });
      expect(readDeployment(folder, 1)).toBeNull();
    });

    it('deploys once, writes it down with what verifies it, and then sends nothing', async () => {
      const first = await deployFromSettings(settings(), folder);
      expect(first).toMatchObject({ fresh: true, record: { codeHash: ledgerCodeHash, chainId: CHAIN_ID } });
      expect(readDeployment(folder, CHAIN_ID)).toEqual(first.record);
      for (const name of ['standard-input.json', 'metadata.json']) {
        expect(existsSync(path.join(folder, String(CHAIN_ID), name))).toBe(true);
      }
      const before = await height();
      expect(await deployFromSettings(settings(), folder)).toEqual({ ...first, fresh: false });
      expect(await height()).toBe(before);
    });

    it('refuses other holders than those it was deployed with', async () => {
      const other = { ...settings(), ADMIN_ADDRESS: world.address('stranger') };
      await expect(deployFromSettings(other, folder)).rejects.toThrow(/deployed with admin/);
    });
  });
});
