/** Why a value cannot be canonical JSON, or a text is not strict JSON. */
export type JsonErrorCode =
  | 'syntax'
  | 'trailing-bytes'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'not-an-integer'
  | 'undefined-value'
  | 'unsupported-value'
  | 'lone-surrogate'
  | 'too-deep'
  | 'too-long'
  | 'not-canonical';

const MESSAGES: Record<JsonErrorCode, string> = {
  syntax: 'This is not JSON: get the file again from where it was issued',
  'trailing-bytes': 'Something follows the JSON value: a document ends where its value ends',
  'duplicate-key':
    'An object names the same key twice, so readers would disagree on its meaning: it is refused',
  'forbidden-key': 'The key "__proto__" is refused: rename it',
  'not-an-integer': 'Numbers are whole and within 2^53 - 1: write money and fractions as decimal strings',
  'undefined-value': 'A value is undefined: leave the key out instead',
  'unsupported-value': 'Only null, booleans, integers, strings, arrays and plain objects can be recorded',
  'lone-surrogate': 'A string is not valid Unicode (half of a surrogate pair): correct the text',
  'too-deep': 'Values may be nested 64 deep at most: flatten the data',
  'too-long': 'The document is larger than its kind may be: check that it is the right file',
  'not-canonical': 'The document is not in canonical form (RFC 8785): get it again from where it was issued',
};

export class JsonError extends Error {
  readonly code: JsonErrorCode;
  /** JSON path or character offset of the fault. */
  readonly where: string;

  constructor(code: JsonErrorCode, where: string) {
    super(`${MESSAGES[code]} (at ${where})`);
    this.name = 'JsonError';
    this.code = code;
    this.where = where;
  }
}
