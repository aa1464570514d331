import { createHash } from 'node:crypto';
import { toHex } from '@/lib/record/hex';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Process } from '@/lib/procedure/state';
import { equalBytes } from '@/lib/sealing/bytes';
import { contextHash } from '@/lib/sealing/context';
import {
  headerLength,
  MAX_HEADER_LENGTH,
  parseEnvelope,
  requireExpected,
  type EnvelopeExpectation,
  type EnvelopeHeader,
} from '@/lib/sealing/envelope';
import { SealingError, type SealingErrorCode } from '@/lib/sealing/error';
import { expectedEnvelopes } from './expected-envelopes';
import { receive, type Look } from './receive';
import {
  keeping,
  registerUpload,
  UPLOAD_LIMITS,
  uploadTarget,
  type StoredUpload,
  type UploadRequest,
} from './uploads';
import type { World } from './world';

const ELSEWHERE: readonly SealingErrorCode[] = [
  'envelope-other-context',
  'envelope-other-threshold',
  'envelope-other-purpose',
];

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof SealingError)) throw error;
  const code = ELSEWHERE.includes(error.code) ? 'envelope-of-another-tender' : 'not-an-envelope';
  return refuse(code, { detail: error.code });
}

/** The header says which of them it is by its context; none, and it is for another tender. */
function requireOneOf(header: EnvelopeHeader, expected: readonly EnvelopeExpectation[]): void {
  const own = expected.find(({ identity }) => equalBytes(contextHash(identity), header.context));
  if (!own) throw new SealingError('envelope-other-context');
  requireExpected(header, own);
}

/**
 * Reads the header while the envelope passes: one for another tender is stopped after its first kilobyte. The payload
 * is hashed too, since a bid that was damaged on its way would only be found out when it is too late to send another.
 */
function envelopeWatch(expected: readonly EnvelopeExpectation[]): {
  look: Look;
  finish: (size: number) => Refusal | null;
} {
  let beginning: Uint8Array = new Uint8Array(0);
  let header: EnvelopeHeader | null = null;
  const payload = createHash('sha256');
  const readHeader = (size?: number): Refusal | null => {
    try {
      const read = parseEnvelope(beginning, size);
      requireOneOf(read, expected);
      if (header === null) payload.update(beginning.subarray(headerLength(read.n)));
      header = read;
      return null;
    } catch (error) {
      return refusalOf(error);
    }
  };
  return {
    look: (piece) => {
      if (header !== null) {
        payload.update(piece);
        return null;
      }
      beginning = Buffer.concat([beginning, piece]);
      return beginning.length < MAX_HEADER_LENGTH ? null : readHeader();
    },
    finish: (size) => {
      const refusal = readHeader(size);
      if (refusal || header === null) return refusal;
      const whole = payload.digest('hex') === toHex(header.payloadHash);
      return whole ? null : refuse('not-an-envelope', { detail: 'payload-hash' });
    },
  };
}

/** Takes a sealed bid. Nothing in it can be read here: only its header says what it is for. */
export async function takeEnvelope(
  world: World,
  request: UploadRequest,
): Promise<{ ok: true; upload: StoredUpload } | Refusal> {
  const { tenderId, actor } = request;
  const target = await uploadTarget(world.db, world, tenderId, actor, 'envelope');
  if (!target.ok) return target;
  const expected = expectedEnvelopes(target.process, actor.organization.id);
  if (expected.length === 0) return refuse('wrong-phase', { act: 'submit-bid' });
  const watch = envelopeWatch(expected);
  const received = await receive(world.storage, request, UPLOAD_LIMITS.envelope, watch.look);
  if (!received.ok) return received;
  return keeping(world, received, async () => {
    const file = { name: `${received.sha256.slice(0, 16)}.envelope`, mediaType: 'application/octet-stream' };
    return watch.finish(received.size) ?? registerUpload(world, request, 'envelope', file, received);
  });
}

/** Whether an upload that begins like this can still become an envelope of this tenderer: at least `MAX_HEADER_LENGTH` bytes. */
export function refuseBeginning(process: Process, tenderer: string, beginning: Uint8Array): Refusal | null {
  const expected = expectedEnvelopes(process, tenderer);
  if (expected.length === 0) return refuse('wrong-phase', { act: 'submit-bid' });
  return envelopeWatch(expected).look(beginning);
}
