import { useLocale, useTranslations } from 'next-intl';
import { Table, type Column } from '@/components/ui/table';
import { formatMoney } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Phase } from '@/lib/procedure/phases';
import type { Process } from '@/lib/procedure/state';
import { inUnit } from '@/lib/procedure/scopes';
import { unitId, type Unit } from '@/lib/procedure/units';
import type { Notice } from '@/lib/record/notice';
import type { TenderView } from '@/lib/server/queries/view';
import { bidsKnown, lotStandings, unitHref, winnerOf } from './divided';
import { PhaseTag } from './phase-tag';
import { UnitName } from './unit-name';

interface Row {
  /** What the line is named after: a lot, or a part of a tender without lots. */
  unit: Unit;
  href: string;
  phase: Phase;
  /** Of the first envelope: how many bid. */
  bids: number | null;
  winner: ReturnType<typeof winnerOf>;
}

/** One line for each lot; of a tender without lots, for each of its two parts, which stand further down on the same page. */
function rowsOf({ process, units }: TenderView, base: string): Row[] {
  const scope = (unit: Unit): Process => inUnit(process, unit);
  if (units.every(({ unit }) => unit.lot === ''))
    return units.map(({ unit, phase }) => ({
      unit,
      href: `#part-${unit.part}`,
      phase,
      bids: bidsKnown(scope(unit)),
      winner: winnerOf(scope(unit)),
    }));
  return lotStandings(units).map(({ lot, units: own, phase, deciding }) => {
    const first = own[0]?.unit ?? deciding;
    return {
      unit: { lot, part: '' },
      href: unitHref(base, first),
      phase,
      bids: bidsKnown(scope(first)),
      winner: winnerOf(scope(deciding)),
    };
  });
}

/** All lots at a glance: where each stands, how many bid, who won, for how much. */
export function UnitsTable({ view, notice }: { view: TenderView; notice: Notice }) {
  const t = useTranslations('tender.units');
  const locale = useLocale();
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  const columns: Column<Row>[] = [
    {
      key: 'unit',
      header: t(notice.lots.length > 0 ? 'lot' : 'part'),
      rowHeader: true,
      cell: (row) => (
        <Link href={row.href} className="link inline-block py-1">
          <UnitName notice={notice} unit={row.unit} />
        </Link>
      ),
    },
    { key: 'phase', header: t('phase'), cell: (row) => <PhaseTag phase={row.phase} /> },
    { key: 'bids', header: t('bids'), numeric: true, cell: (row) => row.bids ?? <Unknown /> },
    {
      key: 'winner',
      header: t('winner'),
      cell: (row) => (row.winner ? <Winner {...row.winner} /> : '–'),
    },
    {
      key: 'price',
      header: t('price'),
      numeric: true,
      cell: ({ winner }) => (winner ? formatMoney(winner.value.amount, winner.value.currency, locale) : '–'),
    },
  ];
  return (
    <Table<Row>
      caption={t('title')}
      captionHidden
      rows={rowsOf(view, base)}
      rowKey={(row) => unitId(row.unit)}
      columns={columns}
    />
  );
}

function Winner({ name, final }: { name: string; final: boolean }) {
  const t = useTranslations('tender.units');
  return (
    <>
      {name}
      {final ? null : <span className="block text-sm text-ink-soft">{t('intended')}</span>}
    </>
  );
}

function Unknown() {
  const t = useTranslations('tender.units');
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{t('unknown')}</span>
    </>
  );
}
