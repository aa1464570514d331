import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { REFUSALS, refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { logger } from './log';
import { countRequest, type Rate } from './rate-limit';
import { preferredLocale, refusalMessage } from './refusal-message';
import { isSameOrigin } from './request-origin';
import { currentActor } from './session';
import { world, type World } from './world';

/** One request, with what a handler may use. */
export interface Call<P extends object> {
  request: Request;
  url: URL;
  /** The variable parts of the path. */
  params: P;
  world: World;
  /** Who is signed in; asked for only where it matters, since it costs a query. */
  actor(): Promise<Actor | null>;
}

type Answer = Response | Refusal;
type Context<P> = { params: Promise<P> };
export type Handler<P extends object> = (request: Request, context: Context<P>) => Promise<Response>;

export interface RouteOptions {
  /** For costly routes that anybody may ask. */
  rate?: Rate;
  /** Refusals too may be read by any page of the world: it could not tell "not there yet" from a network that fails. */
  open?: boolean;
}

/** A route handler; `as` gives the same handler for a given person instead of the session's. */
export interface Route<P extends object> extends Handler<P> {
  as(actor: Actor | null): Handler<P>;
}

const JSON_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** A JSON answer. `cache` for what may be kept; `open` for what any page of the world may read (no session in it). */
export function json(
  value: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(value, { status: init.status ?? 200, headers: { ...JSON_HEADERS, ...init.headers } });
}

/** Read by verifiers that do not come from this site. */
export const OPEN_TO_ALL = { 'Access-Control-Allow-Origin': '*' };

/** A refusal as every route answers it: `{code, message, params?, fieldErrors?}` under the code's status. */
async function refusalResponse(
  request: Request,
  refusal: Refusal,
  status: number,
  { open }: RouteOptions,
): Promise<Response> {
  const message = await refusalMessage(refusal, preferredLocale(request.headers.get('accept-language')));
  const { code, params, fieldErrors } = refusal;
  const headers: Record<string, string> = { Vary: 'Accept-Language', ...(open ? OPEN_TO_ALL : {}) };
  if (code === 'too-many-requests' && params?.detail) headers['Retry-After'] = params.detail;
  return json(
    { code, message, ...(params ? { params } : {}), ...(fieldErrors ? { fieldErrors } : {}) },
    { status, headers },
  );
}

async function answer<P extends object>(
  handle: (call: Call<P>) => Promise<Answer>,
  options: RouteOptions,
  actor: () => Promise<Actor | null>,
  request: Request,
  context: Context<P>,
): Promise<Response> {
  try {
    const call = await callOf(request, context, world(), actor);
    const outcome = (await guard(call, options)) ?? (await handle(call));
    return outcome instanceof Response
      ? outcome
      : await refusalResponse(request, outcome, REFUSALS[outcome.code], options);
  } catch (error) {
    // What went wrong inside is for the operator's log; the reader gets a number to quote.
    const id = randomUUID();
    logger().error(
      { id, err: error, method: request.method, path: new URL(request.url).pathname },
      'request failed',
    );
    return refusalResponse(request, refuse('unavailable', { detail: id }), 500, options);
  }
}

async function guard<P extends object>(
  { request, world: { env, clock }, actor }: Call<P>,
  { rate }: RouteOptions,
): Promise<Refusal | null> {
  const safe = request.method === 'GET' || request.method === 'HEAD';
  if (!safe && !isSameOrigin(request, env.BASE_URL)) return refuse('other-site');
  if (!rate) return null;
  const person = rate.by === 'person' ? (await actor())?.person : undefined;
  const wait = countRequest(request, rate, clock.now(), person);
  return wait > 0 ? refuse('too-many-requests', { detail: String(wait) }) : null;
}

async function callOf<P extends object>(
  request: Request,
  context: Context<P>,
  here: World,
  resolve: () => Promise<Actor | null>,
): Promise<Call<P>> {
  let known: Promise<Actor | null> | undefined;
  const actor = () => (known ??= resolve());
  return { request, url: new URL(request.url), params: await context.params, world: here, actor };
}

/**
 * Wraps a handler of `app/api/v1` or `app/log`: same-origin check for what changes state, rate limit, closed refusals
 * with a sentence in the reader's language, and no stack trace ever.
 */
export function route<P extends object = object>(
  handle: (call: Call<P>) => Promise<Answer>,
  options: RouteOptions = {},
): Route<P> {
  const as =
    (actor: () => Promise<Actor | null>): Handler<P> =>
    (request, context) =>
      answer(handle, options, actor, request, context);
  return Object.assign(as(currentActor), { as: (actor: Actor | null) => as(async () => actor) });
}

/** Checks values that came as text (query, path) against a schema; the refusal names every field. */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { ok: true; value: z.output<S> } | Refusal {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = Object.fromEntries(
    parsed.error.issues.map((i) => [i.path.map(String).join('.') || 'body', i.message]),
  );
  return refuse('invalid-input', undefined, fields);
}

/** The query as an object; a name given twice is refused by the schema, as it becomes an array. */
export function query(url: URL): Record<string, string | string[]> {
  const names = new Set(url.searchParams.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const all = url.searchParams.getAll(name);
      return [name, all.length === 1 ? (all[0] ?? '') : all];
    }),
  );
}

/** Reads at most `limit` bytes. The limit holds while reading, not by what the header says. */
async function readBytes(
  request: Request,
  limit: number,
): Promise<{ ok: true; value: Uint8Array } | Refusal> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader?.cancel();
      return refuse('too-large', { detail: String(limit) });
    }
    pieces.push(next.value);
  }
  return { ok: true, value: Buffer.concat(pieces) };
}

/** Reads at most `limit` bytes of text in UTF-8, a mark of the byte order included. */
export async function readText(
  request: Request,
  limit: number,
): Promise<{ ok: true; value: string } | Refusal> {
  const body = await readBytes(request, limit);
  if (!body.ok) return body;
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.value) };
  } catch {
    return refuse('invalid-input', { detail: 'not UTF-8' }, { body: 'utf-8' });
  }
}

/** Reads at most `limit` bytes of JSON and checks them. */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = 262_144,
): Promise<{ ok: true; value: z.output<S> } | Refusal> {
  const body = await readBytes(request, limit);
  if (!body.ok) return body;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body.value);
    return parse(schema, JSON.parse(text));
  } catch {
    return refuse('invalid-input', { detail: 'not JSON in UTF-8' }, { body: 'json' });
  }
}
