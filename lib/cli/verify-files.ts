import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { classifyFile, HEAD_BYTES, isSecret } from '@/lib/browser/verify/classify';
import { MAX_DESCRIPTOR_LENGTH, parseDescriptor } from '@/lib/browser/verify/pin';
import type { FileFacts } from '@/lib/evidence/context';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { MAX_EVIDENCE_LENGTH, parseEvidence, type Evidence } from '@/lib/evidence/format';
import { CannotVerify } from './verify-options';

function requireFile(file: string): number {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new CannotVerify(`There is no file ${file}: check the path.`);
  return stat.size;
}

function readText(file: string, limit: number): string {
  // A UTF-16 code unit takes three bytes of UTF-8 at most.
  if (requireFile(file) > 3 * limit) throw new CannotVerify(`${file} is too large for what it is to be.`);
  return fs.readFileSync(file, 'utf8');
}

/** @throws CannotVerify for a file that is something else */
export function readEvidence(file: string): Evidence {
  const parsed = parseEvidence(readText(file, MAX_EVIDENCE_LENGTH));
  if (parsed.ok) return parsed.evidence;
  throw new CannotVerify(`${file} is not evidence (${parsed.detail}): save it again from the registry.`);
}

/** @throws CannotVerify */
export function readDescriptor(file: string): RegistryDescriptor {
  const parsed = parseDescriptor(readText(file, MAX_DESCRIPTOR_LENGTH));
  if (parsed.ok) return parsed.registry;
  throw new CannotVerify(`${file} is not the descriptor of a registry (${parsed.detail}).`);
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Size and SHA-256 of a document, read in pieces. @throws CannotVerify for secrets, which no verifier needs to read */
export async function readDocument(file: string): Promise<FileFacts> {
  const size = requireFile(file);
  const name = path.basename(file);
  if (isSecret(classifyFile(name, await headOf(file))))
    throw new CannotVerify(`${file} holds a secret of its owner and proves nothing: leave it out.`);
  const hash = createHash('sha256');
  for await (const piece of fs.createReadStream(file)) hash.update(piece as Buffer);
  return { sha256: hash.digest('hex'), size, name };
}
