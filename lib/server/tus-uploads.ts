import fs from 'node:fs';
import { Server, type ServerOptions } from '@tus/server';
import { refuse, type Refusal, type RefusalCode } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { MAX_HEADER_LENGTH } from '@/lib/sealing/envelope';
import { refuseBeginning, takeEnvelope } from './envelope-uploads';
import {
  concludePartial,
  makeRoom,
  newPartialId,
  partialFile,
  partialStore,
  readPartial,
  removePartial,
  stateOf,
  type PartialUpload,
} from './partial-uploads';
import { tooLargeFor } from './receive';
import { json } from './route';
import { webStream } from './stored-range';
import { uploadLocker } from './upload-locks';
import { UPLOAD_LIMITS, uploadTarget, type StoredUpload } from './uploads';
import type { World } from './world';

/*
 * Sealed bids in pieces, by the tus protocol 1.0.0 (core, creation, creation-with-upload, termination). Errors of the
 * protocol itself are the library's, in plain text; whatever a person may meet is a refusal like everywhere.
 */

export const TUS_PATH = '/api/v1/envelopes/tus';

export const TUS_HEADERS = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' };

/** Who speaks, about which upload. */
export interface TusCall {
  world: World;
  actor: Actor;
  request: Request;
}

/** Unfinished uploads of one person for one tender: what was left behind, and a few at once. */
const MOST_OPEN = 8;

type Conclusion = { ok: true; upload: StoredUpload } | Refusal;

/** Refusals that may be over tomorrow, when bids are due later or the right person asks: nothing is thrown away for them. */
const MAY_PASS: readonly RefusalCode[] = ['deadline-passed', 'wrong-phase', 'not-permitted'];

const holder = globalThis as typeof globalThis & {
  tenderproofConclusions?: Map<string, Promise<Conclusion>>;
};

const placeOf = ({ world, actor }: Pick<TusCall, 'world' | 'actor'>) => ({ world, person: actor.person });

/** An upload of this person, begun for the organization that it acts for now; null for everything else. */
export async function ownPartial(
  { world, actor }: Pick<TusCall, 'world' | 'actor'>,
  id: string,
): Promise<PartialUpload | null> {
  const place = placeOf({ world, actor });
  const partial = await readPartial(place, id);
  if (partial?.organization !== actor.organization.id) return null;
  if (partial.upload === null) return partial;
  // What it became may have been removed since: then there is nothing to go on from.
  const row = await world.db.upload.findFirst({ where: { id: partial.upload, personId: actor.person } });
  if (row) return partial;
  await removePartial(place, id);
  return null;
}

/** A file that a hook of the library refused. */
class Refused extends Error {
  readonly status_code = 422;
  readonly body = '';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Lets the library answer one request, and turns what it caught into ours. */
async function speak(
  { world, actor, request }: TusCall,
  hooks: Pick<ServerOptions, 'onUploadCreate' | 'onUploadFinish' | 'getFileIdFromRequest'>,
): Promise<Response | Refusal> {
  let caught: unknown;
  const server = new Server({
    path: TUS_PATH,
    datastore: await partialStore(placeOf({ world, actor })),
    locker: uploadLocker(),
    relativeLocation: true,
    allowedOrigins: [],
    maxSize: UPLOAD_LIMITS.envelope,
    namingFunction: newPartialId,
    ...hooks,
    onResponseError: (_request, error) => {
      caught = error;
      return undefined;
    },
  });
  const response = await server.handleWeb(request);
  if (caught instanceof Refused) return caught.refusal;
  // Said aloud they would name our folders: `route` writes them to the log, and a number to the reader.
  if (response.status === 500) throw caught instanceof Error ? caught : new Error(await response.text());
  return withoutState(response);
}

/** Its headers, without what the state on disk says and what is for other sites. */
function withoutState({ body, status, headers: given }: Response): Response {
  const headers = new Headers(given);
  for (const name of ['Upload-Metadata', 'Access-Control-Expose-Headers']) headers.delete(name);
  headers.set('Cache-Control', 'no-store');
  return new Response(body, { status, headers });
}

/** POST: begins an upload for this tender. 201 with its `Location`; with the whole body at once also what it became. */
export async function beginUpload(call: TusCall, tenderId: string): Promise<Response | Refusal> {
  const { world, actor, request } = call;
  const target = await uploadTarget(world.db, world, tenderId, actor, 'envelope');
  if (!target.ok) return target;
  const announced = request.headers.get('upload-length') ?? '';
  if (!/^\d{1,15}$/.test(announced))
    return refuse('invalid-input', undefined, { 'Upload-Length': 'required' });
  if (Number(announced) > UPLOAD_LIMITS.envelope) return tooLargeFor(UPLOAD_LIMITS.envelope);
  if (Number(announced) === 0) return refuse('upload-truncated', { detail: '0' });
  await makeRoom(placeOf(call), tenderId, MOST_OPEN);
  return speak(call, {
    onUploadCreate: async () => ({
      // Whatever the client says of it, names above all, stays out.
      metadata: stateOf(tenderId, actor.organization.id, world.clock.now()),
    }),
    onUploadFinish: async (_request, { id }) => concluded(call, id),
  });
}

/** HEAD: how much has arrived. */
export async function showUpload(call: TusCall, partial: PartialUpload): Promise<Response | Refusal> {
  if (partial.upload === null) return speak(call, { getFileIdFromRequest: () => partial.id });
  const size = String(partial.size);
  return new Response(null, { headers: { ...TUS_HEADERS, 'Upload-Offset': size, 'Upload-Length': size } });
}

/** DELETE: forgets an upload. What it has already become stays. */
export async function dropUpload(call: TusCall, partial: PartialUpload): Promise<Response | Refusal> {
  if (partial.upload === null) return speak(call, { getFileIdFromRequest: () => partial.id });
  await removePartial(placeOf(call), partial.id);
  return new Response(null, { status: 204, headers: TUS_HEADERS });
}

/**
 * PATCH: the next piece; after the last one, 200 with what the upload has become. A piece of no bytes at the end asks
 * for that again, after an answer was lost or a server died over it.
 */
export async function continueUpload(call: TusCall, partial: PartialUpload): Promise<Response | Refusal> {
  const { world, actor, request } = call;
  if (partial.upload !== null) return answerAgain(call, partial, request.headers.get('upload-offset'));
  const target = await uploadTarget(world.db, world, partial.tenderId, actor, 'envelope');
  if (!target.ok) return target;
  const beginning = await readBeginning(call, partial);
  const wrong = beginning && refuseBeginning(target.process, actor.organization.id, beginning);
  if (wrong) {
    await removePartial(placeOf(call), partial.id);
    return wrong;
  }
  return speak(call, {
    getFileIdFromRequest: () => partial.id,
    onUploadFinish: async (_request, { id }) => concluded(call, id),
  });
}

/** The header's bytes, once they are all there: what is for another tender is not waited for to the end. */
async function readBeginning(call: TusCall, { id, offset }: PartialUpload): Promise<Uint8Array | null> {
  if (offset < MAX_HEADER_LENGTH) return null;
  const file = await fs.promises.open(partialFile(placeOf(call), id));
  try {
    const beginning = new Uint8Array(MAX_HEADER_LENGTH);
    await file.read(beginning, 0, MAX_HEADER_LENGTH, 0);
    return beginning;
  } finally {
    await file.close();
  }
}

async function answerAgain(
  { world }: TusCall,
  { upload, size }: PartialUpload,
  offset: string | null,
): Promise<Response | Refusal> {
  if (offset !== String(size))
    return new Response('Upload-Offset conflict\n', { status: 409, headers: TUS_HEADERS });
  const row = await world.db.upload.findUnique({ where: { id: upload ?? '' } });
  if (!row) return refuse('not-found');
  const { id, sha256 } = row;
  return json({ id, sha256, size }, { headers: { ...TUS_HEADERS, 'Upload-Offset': offset } });
}

/** The answer of the library's hook, once every byte is here. */
async function concluded(call: TusCall, id: string) {
  const conclusion = await conclude(call, id);
  if (!conclusion.ok) throw new Refused(conclusion);
  const { upload } = conclusion;
  return {
    status_code: call.request.method === 'POST' ? 201 : 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: upload.id, sha256: upload.sha256, size: upload.size }),
  };
}

/** Once at a time: who comes meanwhile waits for the same outcome. Twice, as on two servers, would give the same row. */
function conclude(call: TusCall, id: string): Promise<Conclusion> {
  const running = (holder.tenderproofConclusions ??= new Map());
  const under = running.get(id) ?? makeEnvelope(call, id).finally(() => running.delete(id));
  running.set(id, under);
  return under;
}

/** Hashes, checks and stores what has arrived, exactly as an envelope sent in one piece. */
async function makeEnvelope(call: TusCall, id: string): Promise<Conclusion> {
  const { world, actor } = call;
  const place = placeOf(call);
  const partial = await readPartial(place, id);
  if (!partial) return refuse('not-found');
  const { tenderId, size: announced } = partial;
  const body = webStream(piecesOf(partialFile(place, id)));
  const taken = await takeEnvelope(world, { tenderId, actor, body, announced });
  if (taken.ok) await concludePartial(place, partial, taken.upload.id);
  else if (!MAY_PASS.includes(taken.code)) await removePartial(place, id);
  return taken;
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  for await (const piece of fs.createReadStream(file, { highWaterMark: 1024 ** 2 })) yield piece as Buffer;
}
