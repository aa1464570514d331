import { writeFileSync } from 'node:fs';
import { rpc, startChain } from '@/lib/server/embedded/chain';
import { startReaper } from '@/lib/server/embedded/reaper';
import { GAS_REPORT, gasReport, measureGas } from './gas-figures';

// `npm run gas`: measures every call of the contract on a fresh chain and writes contracts/GAS.md.

const reaper = startReaper();
const chain = await startChain({ folder: null, port: 8_545, genesisTime: 1_790_000_000, reaper });
try {
  const figures = await measureGas((method, params) => rpc(chain.rpcUrl, method, params));
  const text = gasReport(figures);
  writeFileSync(GAS_REPORT, text);
  console.log(text);
  const above = figures.filter(({ gas, limit }) => limit !== null && gas > limit);
  for (const { call, of, gas, limit } of above) console.error(`${call} ${of}: ${gas} is above ${limit}`);
  process.exitCode = above.length === 0 ? 0 : 1;
} finally {
  await chain.stop();
  reaper.close();
}
