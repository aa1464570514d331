import type { ReleaseTask } from '@/components/sealing/release-batch-rows';
import { tender } from '@/lib/procedure/state';
import { unitId } from '@/lib/procedure/units';
import type { WorkItem } from '@/lib/server/queries/lists';
import { readProgress } from '@/lib/server/queries/progress';
import { readMemberKey, readSealedBids } from '@/lib/server/queries/sealed-bids';
import { readTender } from '@/lib/server/queries/tender';
import { currentViewer } from '@/lib/server/session';

/** An opening that waits for the reader's shares, with the key that they are sealed to. */
export interface WaitingRelease {
  task: ReleaseTask;
  /** Ed25519, 64 hex digits. */
  registeredKey: string;
  demonstration: boolean;
}

/** The openings among a member's work that wait for its shares: one for each tender, or unit of it. */
export async function readReleases(items: readonly WorkItem[]): Promise<WaitingRelease[]> {
  const viewer = await currentViewer();
  const waiting = items.filter(({ may }) => may.includes('release-shares'));
  const found = await Promise.all(
    waiting.map(async ({ tender: row, unit }): Promise<WaitingRelease | null> => {
      const id = unit ? unitId(unit) : undefined;
      const [view, progress, bids] = await Promise.all([
        readTender(row.ocid, id),
        readProgress(row.ocid, id),
        readSealedBids(row.ocid, unit),
      ]);
      const notice = view && tender(view.process);
      const bidsDue = view?.process.chain.opening?.bidsDue;
      if (!notice || !bidsDue || !bids || bids.length === 0) return null;
      if (progress?.released.includes(viewer?.person.id ?? '')) return null;
      const registeredKey = await readMemberKey(bids);
      const { title, lots, language } = notice;
      const task = { ocid: row.ocid, unit, title, notice: { lots, language }, bidsDue, bids };
      return registeredKey ? { task, registeredKey, demonstration: view.demonstration } : null;
    }),
  );
  return found.filter((release) => release !== null);
}
