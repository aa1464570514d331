import { useTranslations } from 'next-intl';
import { notFound } from 'next/navigation';
import { readOcid, readUnitId } from './ocid';
import { OfficeHeader } from './office-header';
import { UnitChooser } from './unit-chooser';
import { unitId, type Unit } from '@/lib/procedure/units';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';

export interface UnitPageProps {
  params: Promise<{ ocid: string }>;
  searchParams: Promise<{ unit?: string | string[] }>;
}

/** Where an award is decided: not in a technical part. */
export const isAwarded = ({ part }: Unit): boolean => part !== 'technical';

/**
 * The tender for a page on which something is done in one unit: the unit that the address names, or the only one that
 * `belongs` to the page. `choose` is what the reader must choose from first, where there are several.
 */
export async function readUnitPage(
  { params, searchParams }: UnitPageProps,
  belongs: (unit: Unit) => boolean = () => true,
): Promise<{ view: TenderView; unit: string | undefined; choose: TenderView['units'] }> {
  const [{ ocid: segment }, { unit: given }] = await Promise.all([params, searchParams]);
  const [ocid, asked] = [readOcid(segment), readUnitId(given)];
  const view = await readTender(ocid, asked);
  if (!view) notFound();
  const units = view.process.unit ? [] : view.units.filter(({ unit }) => belongs(unit));
  const [only] = units;
  if (!only || units.length > 1) return { view, unit: asked, choose: units };
  const unit = unitId(only.unit);
  return { view: (await readTender(ocid, unit)) ?? view, unit, choose: [] };
}

/** In place of a page of one unit while none is chosen. */
export function ChooseUnit({
  view,
  title,
  page,
  choose,
}: {
  view: TenderView;
  title: string;
  /** The last segment of its address. */
  page: string;
  choose: TenderView['units'];
}) {
  const t = useTranslations('tender.units');
  return (
    <div className="page py-8 sm:py-12">
      <OfficeHeader view={view} title={title} />
      <section aria-labelledby="choose" className="max-w-3xl">
        <h2 id="choose" className="pb-3 text-xl">
          {t('choose')}
        </h2>
        <UnitChooser view={view} units={choose} page={page} />
      </section>
    </div>
  );
}
