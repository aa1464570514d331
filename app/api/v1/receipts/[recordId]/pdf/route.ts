import * as z from 'zod';
import { routing } from '@/lib/i18n/routing';
import { refuse } from '@/lib/procedure/refusal';
import { attachment } from '@/lib/server/download';
import { notFoundOrErased } from '@/lib/server/erased';
import { receiptDocument } from '@/lib/server/pdf/receipt-document';
import { renderPdf } from '@/lib/server/pdf/simple-document';
import { receiptFacts } from '@/lib/server/receipt';
import { preferredLocale } from '@/lib/server/refusal-message';
import { parse, query, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

const querySchema = z.strictObject({ language: z.enum(routing.locales).optional() });

/** GET: one's own receipt as a page to print, for whoever may have the receipt itself. */
export const GET = route<{ recordId: string }>(
  async ({ request, url, params: { recordId }, world, actor }) => {
    const who = await actor();
    if (!who) return refuse('not-signed-in');
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    const known = z.uuid().safeParse(recordId).success;
    const facts = known ? await receiptFacts(world, recordId, who) : null;
    if (!facts) return notFoundOrErased(world.db, recordId);
    const language = asked.value.language ?? preferredLocale(request.headers.get('accept-language'));
    const bytes = new Uint8Array(await renderPdf(receiptDocument(facts, language)));
    return new Response(bytes, {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': attachment(`receipt-${recordId}.pdf`),
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  },
  // A page takes a good part of a second of the processor.
  { rate: { name: 'receipt-pdf', perMinute: 20 } },
);
