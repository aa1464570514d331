import { JsonError, type JsonErrorCode } from './json-error';
import type { JsonObject, JsonValue } from './jcs';
import { isWellFormed } from './unicode';

/** Where the parser stands. One object, passed along, instead of a class: each rule below is a function of it. */
interface Cursor {
  readonly text: string;
  readonly maxDepth: number;
  at: number;
}

const WHITE_SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

/** Recursive descent over RFC 8259, at most `maxDepth` deep. See `parseStrict` for what it refuses. */
export function parseJson(text: string, maxDepth: number): JsonValue {
  const cursor: Cursor = { text, maxDepth, at: 0 };
  skipSpace(cursor);
  const value = parseValue(cursor, 0);
  skipSpace(cursor);
  if (cursor.at !== text.length) refuse(cursor, 'trailing-bytes');
  return value;
}

function parseValue(cursor: Cursor, depth: number): JsonValue {
  const next = cursor.text[cursor.at];
  if (next === '"') return parseString(cursor);
  if (next === '{' || next === '[') {
    if (depth >= cursor.maxDepth) refuse(cursor, 'too-deep');
    return next === '{' ? parseObject(cursor, depth + 1) : parseArray(cursor, depth + 1);
  }
  const literal = match(cursor, LITERAL);
  if (literal !== null) return literal === 'null' ? null : literal === 'true';
  return parseNumber(cursor);
}

function parseObject(cursor: Cursor, depth: number): JsonObject {
  const object: Record<string, JsonValue> = {};
  const keys = new Set<string>();
  take(cursor, '{');
  if (accept(cursor, '}')) return object;
  do {
    skipSpace(cursor);
    const key = parseString(cursor);
    if (keys.has(key)) refuse(cursor, 'duplicate-key');
    if (key === '__proto__') refuse(cursor, 'forbidden-key');
    keys.add(key);
    skipSpace(cursor);
    take(cursor, ':');
    skipSpace(cursor);
    object[key] = parseValue(cursor, depth);
  } while (accept(cursor, ','));
  take(cursor, '}');
  return object;
}

function parseArray(cursor: Cursor, depth: number): JsonValue[] {
  const array: JsonValue[] = [];
  take(cursor, '[');
  if (accept(cursor, ']')) return array;
  do {
    skipSpace(cursor);
    array.push(parseValue(cursor, depth));
  } while (accept(cursor, ','));
  take(cursor, ']');
  return array;
}

function parseString(cursor: Cursor): string {
  const start = cursor.at;
  const token = match(cursor, STRING);
  if (token === null) return refuse(cursor, 'syntax');
  const value = JSON.parse(token) as string;
  if (!isWellFormed(value)) refuse({ ...cursor, at: start }, 'lone-surrogate');
  return value;
}

function parseNumber(cursor: Cursor): number {
  const start = cursor.at;
  const token = match(cursor, NUMBER);
  if (token === null) return refuse(cursor, 'syntax');
  const value = Number(token);
  // The spelling must be the only one of its integer: 1.0, 1e2 and -0 are refused with the fractions.
  if (!Number.isSafeInteger(value) || String(value) !== token)
    refuse({ ...cursor, at: start }, 'not-an-integer');
  return value;
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const token = pattern.exec(cursor.text)?.[0] ?? null;
  if (token !== null) cursor.at += token.length;
  return token;
}

function skipSpace(cursor: Cursor): void {
  match(cursor, WHITE_SPACE);
}

/** Takes a punctuation mark, after white space, if it comes next. */
function accept(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
}

function take(cursor: Cursor, mark: string): void {
  if (!accept(cursor, mark)) refuse(cursor, 'syntax');
}

function refuse(cursor: Cursor, code: JsonErrorCode): never {
  throw new JsonError(code, `character ${cursor.at}`);
}
