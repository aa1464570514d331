import type { Unit } from '@/lib/procedure/units';
import type { Notice } from '@/lib/record/notice';
import { UnitName } from './unit-name';

/** After the title of a record: the lot or part that it belongs to, where there are several. */
export function OfUnit({ notice, unit }: { notice: Notice | null; unit: Unit | null }) {
  if (!notice || !unit) return null;
  return (
    <span className="font-normal text-ink-soft">
      {' · '}
      <UnitName notice={notice} unit={unit} />
    </span>
  );
}
