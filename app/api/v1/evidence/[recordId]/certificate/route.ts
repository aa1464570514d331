import * as z from 'zod';
import { routing } from '@/lib/i18n/routing';
import { certificateFacts } from '@/lib/server/certificate';
import { attachment } from '@/lib/server/download';
import { evidenceFor } from '@/lib/server/evidence-answer';
import { certificateDocument } from '@/lib/server/pdf/certificate-document';
import { renderPdf } from '@/lib/server/pdf/simple-document';
import { preferredLocale } from '@/lib/server/refusal-message';
import { parse, query, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

const querySchema = z.strictObject({ lang: z.enum(routing.locales).optional() });

/** GET: a record's evidence as a page to print, for whoever may have the evidence itself. */
export const GET = route<{ recordId: string }>(
  async ({ request, url, params: { recordId }, world, actor }) => {
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    const salt = request.headers.get('tenderproof-salt');
    const outcome = await evidenceFor(world, recordId, { actor, salt });
    if (!outcome.ok) return outcome;
    const language = asked.value.lang ?? preferredLocale(request.headers.get('accept-language'));
    const facts = await certificateFacts(world, outcome.evidence);
    const bytes = await renderPdf(certificateDocument(facts, language));
    return new Response(bytes, {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': attachment(`certificate-${recordId}.pdf`),
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  },
  // A page takes a good part of a second of the processor.
  { rate: { name: 'certificate', perMinute: 20 } },
);
