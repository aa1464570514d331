import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { findDocuments, MOST_CANDIDATES } from '@/lib/server/find-documents';
import { json, OPEN_TO_ALL, parse, query, route } from '@/lib/server/route';

const querySchema = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{0,64}$/, 'hex') });

export const dynamic = 'force-dynamic';

/** GET: disclosed documents whose digest begins with `sha256`, so that the whole digest need never be sent. */
export const GET = route(
  async ({ url, world }) => {
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    const candidates = await findDocuments(world.db, asked.value.sha256);
    if (candidates === null)
      return refuse(
        'invalid-input',
        { detail: `more than ${MOST_CANDIDATES}` },
        { sha256: 'prefix-too-short' },
      );
    return json({ candidates }, { headers: OPEN_TO_ALL });
  },
  { rate: { name: 'evidence-search', perMinute: 120 } },
);
