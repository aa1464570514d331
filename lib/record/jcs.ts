import canonicalize from 'canonicalize';
import { JsonError, type JsonErrorCode } from './json-error';
import { parseJson } from './parse-json';
import { isWellFormed } from './unicode';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Deepest nesting of arrays and objects: hostile input must not exhaust the stack of whoever verifies it. */
export const MAX_DEPTH = 64;
const DEFAULT_MAX_LENGTH = 4_194_304;

/**
 * The RFC 8785 (JCS) text of a value, for a narrower set of values than the RFC's: integers only, since other
 * languages print floating-point numbers differently, and nothing that JSON.stringify would drop or change in silence.
 * @throws JsonError naming the path of what cannot be recorded.
 */
export function canonicalText(value: unknown): string {
  checkValue(value, '$', 0);
  const text = canonicalize(value);
  if (text === undefined) throw new JsonError('undefined-value', '$');
  return text;
}

/** UTF-8 bytes of `canonicalText`: what is hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/** True when `canonicalText` would take the value. */
export function isCanonicalValue(value: unknown): value is JsonValue {
  try {
    checkValue(value, '$', 0);
    return true;
  } catch {
    return false;
  }
}

export interface ParseOptions {
  /** Refuse any text but the canonical one of its value. */
  readonly canonical?: boolean;
  /** In UTF-16 code units. */
  readonly maxLength?: number;
  /** Deeper than MAX_DEPTH only for formats that wrap an entry. */
  readonly maxDepth?: number;
}

/**
 * Parses JSON of the registry's own formats. Unlike JSON.parse it refuses duplicate keys (the last would win in one
 * language, the first in another), numbers that are not integers, lone surrogates, `__proto__` and deep nesting.
 * @throws JsonError
 */
export function parseStrict(text: string, options: ParseOptions = {}): JsonValue {
  if (text.length > (options.maxLength ?? DEFAULT_MAX_LENGTH))
    throw new JsonError('too-long', `${text.length}`);
  const canonical = options.canonical === true && options.maxDepth === undefined;
  const known = canonical ? parseCanonical(text) : undefined;
  if (known !== undefined) return known;
  const value = parseJson(text, options.maxDepth ?? MAX_DEPTH);
  if (options.canonical === true && canonicalText(value) !== text) throw new JsonError('not-canonical', '$');
  return value;
}

/**
 * The value of a text that is canonical already, several times sooner than by the strict parser (an auditor reads every
 * entry of a registry); undefined for any other text, which that parser then judges. A text that comes back the same
 * from `JSON.stringify` has no second spelling of a number or string, no white space and no duplicate key; its order is
 * looked at here.
 */
function parseCanonical(text: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    checkValue(value, '$', 0);
    return JSON.stringify(value) === text && isSorted(value as JsonValue) ? (value as JsonValue) : undefined;
  } catch {
    return undefined;
  }
}

/** True when the keys of every object ascend by UTF-16 code units (RFC 8785 §3.2.3). */
function isSorted(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const keys = Object.keys(value);
  if (!Array.isArray(value) && keys.some((key, i) => i > 0 && key <= (keys[i - 1] ?? ''))) return false;
  return Object.values(value).every(isSorted);
}

function checkValue(value: unknown, path: string, depth: number): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!isWellFormed(value)) refuse('lone-surrogate', path);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) refuse('not-an-integer', path);
    return;
  }
  if (value === undefined) refuse('undefined-value', path);
  if (typeof value !== 'object') return refuse('unsupported-value', path);
  if (depth >= MAX_DEPTH) refuse('too-deep', path);
  if (Array.isArray(value)) {
    // Array.from turns holes into undefined, which forEach would skip and the canonical text would write as null.
    Array.from(value, (item: unknown, i) => checkValue(item, `${path}[${i}]`, depth + 1));
    return;
  }
  checkObject(value, path, depth);
}

function refuse(code: JsonErrorCode, path: string): never {
  throw new JsonError(code, path);
}

function checkObject(value: object, path: string, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Anything but a plain object (a Date, a Map, a class with toJSON) would be recorded as something else than it is.
  if (
    (prototype !== Object.prototype && prototype !== null) ||
    Object.getOwnPropertySymbols(value).length > 0
  ) {
    throw new JsonError('unsupported-value', path);
  }
  for (const [key, item] of Object.entries(value)) {
    const at = `${path}.${key}`;
    if (key === '__proto__') throw new JsonError('forbidden-key', at);
    if (!isWellFormed(key)) throw new JsonError('lone-surrogate', path);
    if (typeof item === 'function') throw new JsonError('unsupported-value', at);
    checkValue(item, at, depth + 1);
  }
}
