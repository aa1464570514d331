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
  checkValue(value, []);
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
    checkValue(value, []);
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
 * from `JSON.stringify` has no second spelling of a number or string, no white space and no duplicate key, and writes a
 * lone surrogate as an escape; its order, numbers and depth are looked at here.
 */
function parseCanonical(text: string): JsonValue | undefined {
  if (text.includes('\\ud') || text.includes('"__proto__"')) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return JSON.stringify(value) === text && isRecordable(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True when numbers are integers and the keys of every object ascend by UTF-16 code units (RFC 8785 §3.2.3). */
function isRecordable(value: JsonValue, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item: JsonValue) => isRecordable(item, depth + 1));
  let before: string | undefined;
  for (const [key, item] of Object.entries(value)) {
    if (before !== undefined && key <= before) return false;
    if (!isRecordable(item, depth + 1)) return false;
    before = key;
  }
  return true;
}

/** Where a value stands; it is written out only in a refusal. */
type Path = (string | number)[];

function checkValue(value: unknown, path: Path): void {
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
  if (path.length >= MAX_DEPTH) refuse('too-deep', path);
  if (!Array.isArray(value)) return checkObject(value, path);
  // By index: forEach would skip holes, which the canonical text would write as null.
  for (let i = 0; i < value.length; i += 1) {
    path.push(i);
    checkValue(value[i], path);
    path.pop();
  }
}

function refuse(code: JsonErrorCode, path: Path): never {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  throw new JsonError(code, `$${steps.join('')}`);
}

function checkObject(value: object, path: Path): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Anything but a plain object (a Date, a Map, a class with toJSON) would be recorded as something else than it is.
  if (
    (prototype !== Object.prototype && prototype !== null) ||
    Object.getOwnPropertySymbols(value).length > 0
  ) {
    refuse('unsupported-value', path);
  }
  for (const [key, item] of Object.entries(value)) {
    if (!isWellFormed(key)) refuse('lone-surrogate', path);
    path.push(key);
    if (key === '__proto__') refuse('forbidden-key', path);
    if (typeof item === 'function') refuse('unsupported-value', path);
    checkValue(item, path);
    path.pop();
  }
}
