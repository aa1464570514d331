import { PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import { refuse } from '@/lib/procedure/refusal';
import { writeJson } from '@/lib/ocds/json';
import { releasePackage } from '@/lib/ocds/release-package';
import { releaseFrom } from '@/lib/ocds/to-release';
import { readProcess } from '@/lib/server/readers';
import { OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the process as an OCDS 1.1 release package, the same for every reader. */
export const GET = route<{ ocid: string }>(
  async ({ params: { ocid }, world }) => {
    const process = await readProcess(world.db, world, ocid, null);
    const baseUrl = world.env.BASE_URL;
    const release = process && releaseFrom(visibleTo(process, PUBLIC_VIEWER), { baseUrl });
    if (!process || !release) return refuse('not-found');
    const about = {
      uri: `${baseUrl}/api/v1/ocds/${encodeURIComponent(process.ocid)}`,
      publishedDate: new Date(world.clock.now()).toISOString(),
      publisher: world.env.REGISTRY_ORIGIN,
    };
    const headers = {
      ...OPEN_TO_ALL,
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-cache',
    };
    return new Response(writeJson(releasePackage([release], about)), { headers });
  },
  { rate: { name: 'ocds', perMinute: 120 } },
);
