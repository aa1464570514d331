import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Anvil {
  readonly rpcUrl: string;
  call(method: string, ...params: unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

export const CHAIN_ID = 31337;

function binary(): string {
  const fromAnvil = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'));
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  return join(
    dirname(fromAnvil.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`)),
    'bin',
    name,
  );
}

/** A chain of its own for one test file: a free port, nothing kept, one block per transaction. */
export async function startAnvil(genesisTime: number): Promise<Anvil> {
  const args = ['--host', '127.0.0.1', '--port', '0', '--chain-id', String(CHAIN_ID)];
  const child = spawn(binary(), [...args, '--accounts', '1', '--timestamp', String(genesisTime)]);
  const ended = once(child, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const listening = /Listening on 127\.0\.0\.1:(\d+)/.exec(printed);
      if (listening?.[1] !== undefined) resolve(listening[1]);
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`anvil ended: ${printed}`)));
  });
  const rpcUrl = `http://127.0.0.1:${port}`;
  return {
    rpcUrl,
    async call(method, ...params) {
      const response = await fetch(rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
      if (answer.error !== undefined) throw new Error(answer.error.message);
      return answer.result;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
