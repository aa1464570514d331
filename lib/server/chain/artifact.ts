import { Interface, keccak256 } from 'ethers';
import artifact from '@/contracts/artifact/ProcurementLedger.json' with { type: 'json' };

/** The contract's interface: encodes calls, decodes results, errors and events. */
export const ledgerInterface = new Interface(artifact.abi);

/** Creation code, without constructor arguments. */
export const ledgerBytecode = artifact.bytecode;

/**
 * keccak256 of the runtime code, 64 hex. The contract has no immutables, so every honest deployment has this very hash,
 * whoever its role holders are.
 */
export const ledgerCodeHash = keccak256(artifact.deployedBytecode).slice(2);
