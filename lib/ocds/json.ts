/**
 * JSON with its numbers as they were written. OCDS states money as JSON numbers; a double alters an amount such as
 * 99999999999999.99, and a procurement registry may not. Reads one value or several after each other (JSON Lines,
 * as OCDS tools write packages), and names the place of a fault by its JSON path.
 */

/** A JSON number by its literal (RFC 8259 §6), e.g. "193817.39", "1e3". */
export class JsonNumber {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }

  /** What `JSON.stringify` writes: only for people who look; `writeJson` is exact. */
  toJSON(): number {
    return Number(this.literal);
  }
}

export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export type JsonFault = 'syntax' | 'too-deep';

export class JsonSyntaxError extends Error {
  readonly fault: JsonFault;
  /** JSON path of the value that could not be read. */
  readonly path: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;

  constructor(fault: JsonFault, path: string, text: string, at: number) {
    super(`${fault} at ${path}`);
    this.name = 'JsonSyntaxError';
    this.fault = fault;
    this.path = path;
    const before = text.slice(0, at);
    this.line = before.split('\n').length;
    this.column = at - before.lastIndexOf('\n');
  }
}

interface Cursor {
  readonly text: string;
  readonly path: (string | number)[];
  at: number;
}

/** Deeper than any OCDS document; protects the stack from a file made to exhaust it. */
const MAX_DEPTH = 64;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

/** `$.releases[0].tender`; keys that are no plain names are quoted (RFC 9535 §2.3). */
export function jsonPath(steps: readonly (string | number)[]): string {
  const part = (step: string | number) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  };
  return `$${steps.map(part).join('')}`;
}

/** Every value in `text`, at least one. Throws `JsonSyntaxError`. */
export function readJson(text: string): Json[] {
  // A byte-order mark is not JSON, but spreadsheets and Windows editors write one.
  const cursor: Cursor = { text, path: [], at: text.startsWith('\ufeff') ? 1 : 0 };
  const values: Json[] = [];
  skip(cursor);
  do {
    values.push(readValue(cursor, 0));
    const end = cursor.at;
    skip(cursor);
    // Values after each other stand on lines of their own (JSON Lines): "01" is not two numbers.
    if (cursor.at < text.length && !text.slice(end, cursor.at).includes('\n')) fail(cursor, 'syntax');
  } while (cursor.at < text.length);
  return values;
}

function readValue(cursor: Cursor, depth: number): Json {
  const next = cursor.text[cursor.at];
  if (next === '"') return readString(cursor);
  if (next === '{' || next === '[') {
    if (depth >= MAX_DEPTH) fail(cursor, 'too-deep');
    cursor.at += 1;
    return next === '{' ? readObject(cursor, depth + 1) : readArray(cursor, depth + 1);
  }
  const word = match(cursor, LITERAL);
  if (word !== null) return word === 'null' ? null : word === 'true';
  return new JsonNumber(match(cursor, NUMBER) ?? fail(cursor, 'syntax'));
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  // No prototype: a key "__proto__" is a key like any other.
  const object = Object.create(null) as JsonObject;
  if (accept(cursor, '}')) return object;
  do {
    skip(cursor);
    const key = readString(cursor);
    if (!accept(cursor, ':')) fail(cursor, 'syntax');
    skip(cursor);
    cursor.path.push(key);
    object[key] = readValue(cursor, depth);
    cursor.path.pop();
  } while (accept(cursor, ','));
  if (!accept(cursor, '}')) fail(cursor, 'syntax');
  return object;
}

function readArray(cursor: Cursor, depth: number): Json[] {
  const array: Json[] = [];
  if (accept(cursor, ']')) return array;
  do {
    skip(cursor);
    cursor.path.push(array.length);
    array.push(readValue(cursor, depth));
    cursor.path.pop();
  } while (accept(cursor, ','));
  if (!accept(cursor, ']')) fail(cursor, 'syntax');
  return array;
}

function readString(cursor: Cursor): string {
  return JSON.parse(match(cursor, STRING) ?? fail(cursor, 'syntax')) as string;
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) return null;
  cursor.at += found.length;
  return found;
}

function skip(cursor: Cursor): void {
  match(cursor, SPACE);
}

function accept(cursor: Cursor, mark: string): boolean {
  skip(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
}

function fail(cursor: Cursor, fault: JsonFault): never {
  throw new JsonSyntaxError(fault, jsonPath(cursor.path), cursor.text, cursor.at);
}

/** The text of a value, numbers by their literals; indented by two spaces. */
export function writeJson(value: Json, indent = ''): string {
  if (value instanceof JsonNumber) return value.literal;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${writeJson(item, inner)}`)
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${writeJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
