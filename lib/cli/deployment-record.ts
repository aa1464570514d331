import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

// Where `npm run deploy` writes what it deployed, and `npm start` finds it: deployments/<chain id>/deployment.json. All of
// it is public; keep the folder under version control.

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);

const recordSchema = z.object({
  address,
  /** keccak256 of the runtime code, 64 hex. */
  codeHash: z.string().regex(/^[0-9a-f]{64}$/),
  chainId: z.number().int().positive(),
  /** The block that holds the deployment. */
  blockNumber: z.number().int().nonnegative(),
  /** The constructor's arguments, in its order. */
  admin: address,
  anchorer: address,
  registrar: address,
  reviewer: address,
});

export type DeploymentRecord = z.output<typeof recordSchema>;

export const DEPLOYMENTS = 'deployments';

const fileOf = (folder: string, chainId: number) => path.join(folder, String(chainId), 'deployment.json');

/** null where nothing was deployed to this chain from here. @throws Error naming a file that is not such a record */
export function readDeployment(folder: string, chainId: number): DeploymentRecord | null {
  const file = fileOf(folder, chainId);
  if (!fs.existsSync(file)) return null;
  try {
    return recordSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} is not a deployment's record: mend it, or move it away and deploy anew.`, {
      cause: error,
    });
  }
}

/** The record, and beside it what an explorer wants to verify the source: standard JSON input and metadata. */
export function writeDeployment(
  folder: string,
  record: DeploymentRecord,
  verification: { standardInput: string; metadata: string },
): string {
  const file = fileOf(folder, record.chainId);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(path.join(path.dirname(file), 'standard-input.json'), verification.standardInput);
  fs.writeFileSync(path.join(path.dirname(file), 'metadata.json'), verification.metadata);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
  return file;
}
