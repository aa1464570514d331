import * as z from 'zod';
import type { Refusal } from '@/lib/procedure/refusal';
import { json, OPEN_TO_ALL, parse, query } from '@/lib/server/route';

const pageQuery = z.strictObject({
  from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

/** `?from=`: where the page begins. */
export const pageStart = (url: URL): { ok: true; value: { from: number } } | Refusal =>
  parse(pageQuery, query(url));

/** What everybody may read, and keep for a few seconds: many auditors, or an impatient one, ask the database once. */
export const publicPage = (value: unknown): Response =>
  json(value, { headers: { ...OPEN_TO_ALL, 'Cache-Control': 'public, max-age=5' } });

export const AUDIT_RATE = { name: 'audit', perMinute: 600 };
