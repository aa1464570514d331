import { roomsHere } from '@/lib/server/opening-room/here';
import { addressOf } from '@/lib/server/rate-limit';
import { OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** Nothing on the way may keep, compress or hold back what is sent. */
const HEADERS = {
  ...OPEN_TO_ALL,
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * GET: the opening room as it happens, as server-sent events `room` and `report` (lib/procedure/opening-room.ts). The same
 * for everybody once the tender is published. `?unit=lot/part` for a unit of a divided tender.
 */
export const GET = route<{ ocid: string }>(
  async ({ request, url, params: { ocid }, actor }) => {
    const address = { ocid, unit: url.searchParams.get('unit') };
    // Only members of the committee are seen to be here; the room finds out whether this is one.
    const person = (await actor())?.person ?? null;
    const { signal } = request;
    const stream = await roomsHere().enter({ address, person, from: addressOf(request), signal });
    if (!(stream instanceof ReadableStream)) return stream;
    if (request.method !== 'HEAD') return new Response(stream, { headers: HEADERS });
    // Next answers HEAD by this too, and would never read the stream to its end.
    await stream.cancel();
    return new Response(null, { headers: HEADERS });
  },
  { rate: { name: 'opening-events', perMinute: 60 }, open: true },
);
