import type { Actor } from '@/lib/procedure/roles';
import { intendedAward, tender, type Process } from '@/lib/procedure/state';
import { performAct } from '@/lib/server/operations/perform-act';
import { awardNotice, lotOf } from '@/lib/server/pdf/award-notice';
import { renderPdf } from '@/lib/server/pdf/simple-document';
import { storeDocument } from '@/lib/server/store-document';
import type { World } from '@/lib/server/world';

/** Room for filing and mining, in seconds: the contract counts the standstill from the block that announces it. */
const ROOM = 45;

/**
 * Files the announcement of the intended award with its notice as a document: the act that starts the standstill, once
 * the chain has it.
 */
export async function announce(
  world: World,
  operator: Actor,
  tenderId: string,
  process: Process,
): Promise<void> {
  const intended = intendedAward(process);
  const notice = tender(process);
  if (!intended || !notice) return;
  const ends = Math.ceil(world.clock.now() / 1000) + notice.standstill + ROOM;
  const standstillEnds = new Date(ends * 1000).toISOString();
  const doc = awardNotice(process, intended, standstillEnds);
  const { id } = await storeDocument(world, {
    tenderId,
    personId: operator.person,
    name: `${doc.title} ${process.ocid}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf(doc),
  });
  const title = `${doc.title}: ${lotOf(process)?.title ?? notice.title}`.slice(0, 300);
  const input = { standstillEnds, documents: [{ upload: id, title, language: doc.language }] };
  const outcome = await performAct(world, operator, 'announce-award', tenderId, input, process.unit);
  // Another worker, whose place this one takes, may have filed it meanwhile.
  if (!outcome.ok && outcome.code !== 'already-done') throw new Error(`announce-award: ${outcome.code}`);
}
