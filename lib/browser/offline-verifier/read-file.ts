import {
  classifyFile,
  HEAD_BYTES,
  isSecret,
  secretByName,
  type FileClass,
  type SecretKind,
} from '../verify/classify';
import { parseReceipt } from '../verify/check-receipt';
import { MAX_DESCRIPTOR_LENGTH, parseDescriptor } from '../verify/pin';
import type { FileFacts } from '@/lib/evidence/context';
import { MAX_EVIDENCE_LENGTH, parseEvidence, type Evidence } from '@/lib/evidence/format';
import type { Receipt } from '@/lib/evidence/receipt';
import { hashAnywhere } from './hash';

/** What a file turned out to be. Of a secret one nothing is kept but its name and kind. */
export type ReadFile =
  | { readonly kind: 'evidence'; readonly evidence: Evidence; readonly text: string }
  | { readonly kind: 'document'; readonly file: FileFacts }
  | { readonly kind: 'secret'; readonly secret: SecretKind }
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'not-evidence'; readonly detail: string }
  | { readonly kind: 'not-receipt'; readonly detail: string }
  | { readonly kind: 'descriptor' | 'unreadable' };

/** A UTF-16 code unit takes three bytes of UTF-8 at most. */
const MOST_BYTES_PER_UNIT = 3;

/** Reads a file as far as its kind allows. Never throws. @param onProgress bytes hashed so far */
export async function readFile(file: File, onProgress: (bytes: number) => void): Promise<ReadFile> {
  try {
    const kind = await classOf(file);
    if (isSecret(kind)) return { kind: 'secret', secret: kind };
    if (kind === 'receipt' || kind === 'evidence') return await readProof(file, kind);
    if (await isDescriptor(file)) return { kind: 'descriptor' };
    const sha256 = await hashAnywhere(file, onProgress);
    return { kind: 'document', file: { sha256, size: file.size, name: file.name } };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** What a file is, by its name and then by its first bytes: no more of a secret file is read. */
export async function classOf(file: File): Promise<FileClass> {
  return secretByName(file.name) ?? classifyFile(file.name, await file.slice(0, HEAD_BYTES).text());
}

async function readProof(file: File, kind: 'evidence' | 'receipt'): Promise<ReadFile> {
  const wrong = kind === 'evidence' ? 'not-evidence' : 'not-receipt';
  if (file.size > MOST_BYTES_PER_UNIT * MAX_EVIDENCE_LENGTH) {
    return { kind: wrong, detail: `${file.size} > ${MAX_EVIDENCE_LENGTH}` };
  }
  const text = await file.text();
  if (kind === 'receipt') {
    const parsed = parseReceipt(text);
    return parsed.ok ? { kind, receipt: parsed.receipt } : { kind: wrong, detail: parsed.detail };
  }
  const parsed = parseEvidence(text);
  return parsed.ok ? { kind, evidence: parsed.evidence, text } : { kind: wrong, detail: parsed.detail };
}

/**
 * A description of a registry among the evidence is pointed out, never used: what came in one parcel with the evidence
 * is no second source.
 */
async function isDescriptor(file: File): Promise<boolean> {
  return file.size <= MAX_DESCRIPTOR_LENGTH && parseDescriptor(await file.text()).ok;
}
