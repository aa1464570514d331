import type { LedgerSource } from '@/lib/audit/sources';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { Ledger } from '@/lib/server/chain/ledger';

/** The contract, as an audit asks it: always at the newest block. */
export function ledgerSource(ledger: Ledger): LedgerSource {
  return {
    async codeFault() {
      try {
        await ledger.verifyDeployment();
        return null;
      } catch (error) {
        if (error instanceof ChainError && (error.code === 'no-contract' || error.code === 'code-mismatch'))
          return error.message;
        throw error;
      }
    },
    blockNumber: async () => (await ledger.latestBlock()).number,
    anchorCount: () => ledger.anchorCount(),
    anchorAt: (index) => ledger.anchorAt(index),
    processCount: () => ledger.processCount(),
    processAt: (index) => ledger.processAt(index),
    unitCount: (process) => ledger.unitCount(process),
    unitAt: (process, index) => ledger.unitAt(process, index),
    tenderOf: (process) => ledger.tenderOf(process),
    stageAt: (key, stage, round) => ledger.stageAt(key, stage, round),
    roundOf: (key, stage) => ledger.roundOf(key, stage),
    awardOf: (key) => ledger.awardOf(key),
    cancellationOf: (process) => ledger.cancellationOf(process),
  };
}
