/**
 * What a server action answers. A refusal names its code (a closed union of the operation), says in the reader's
 * language what to do, and may point at fields: paths as in zod, joined by dots ("items.0.quantity").
 */
export type ActResult<T extends object = object> =
  ({ ok: true } & T) | { ok: false; code: string; message: string; fieldErrors?: FieldErrors };

export type ActRefusal = Extract<ActResult, { ok: false }>;

/** Field path → what is wrong and what to do. */
export type FieldErrors = Record<string, string>;
