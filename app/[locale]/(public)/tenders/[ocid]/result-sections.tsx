import { useTranslations } from 'next-intl';
import { ItemsTable } from '@/components/procedure/notice-details';
import { Section } from '@/components/procedure/section';
import { PhaseTag } from '@/components/procedure/phase-tag';
import { UnitName } from '@/components/procedure/unit-name';
import { UnitsTable } from '@/components/procedure/units-table';
import { Link } from '@/lib/i18n/navigation';
import { tender } from '@/lib/procedure/state';
import { itemsOf } from '@/lib/procedure/scopes';
import type { Notice } from '@/lib/record/notice';
import type { TenderView } from '@/lib/server/queries/view';
import { OutcomeSections } from './outcome-sections';
import { sectionId, type Shown } from './shown';

/** What has come of it: of the whole, of each lot at a glance, or of the lot that is looked at. */
export function ResultSections({ view, shown }: { view: TenderView; shown: Shown }) {
  const t = useTranslations('tender.units');
  const notice = tender(view.process);
  const divided = view.units.length > 0 && notice !== null;
  return (
    <>
      {divided && !shown.alone ? (
        <Section
          id="units"
          title={t(notice.lots.length > 0 ? 'title' : 'partsTitle')}
          lead={t(notice.lots.length > 0 ? 'lead' : 'partsLead')}
        >
          <UnitsTable view={view} notice={notice} />
        </Section>
      ) : null}
      {divided && shown.alone ? <LotNotice shown={shown} notice={notice} /> : null}
      {shown.scopes.map(({ process, phase }) => {
        const outcome = {
          process,
          phase,
          people: view.people,
          idOf: sectionId(shown, process),
        };
        // Two parts stand on one page under a heading each; a single scope needs none.
        return shown.scopes.length === 1 || !process.unit || !notice ? (
          <OutcomeSections key="only" {...outcome} level={2} />
        ) : (
          <Section
            key={process.unit.part}
            id={`part-${process.unit.part}`}
            title={<UnitName notice={notice} unit={{ lot: '', part: process.unit.part }} />}
            lead={<PhaseTag phase={phase} />}
          >
            <div className="flex flex-col gap-10 border-l-2 border-line pl-4 sm:pl-6">
              <OutcomeSections {...outcome} level={3} />
            </div>
          </Section>
        );
      })}
    </>
  );
}

/** What the lot buys, in the words of the notice. */
function LotNotice({ shown, notice }: { shown: Shown; notice: Notice }) {
  const t = useTranslations('tender.units');
  const lot = notice.lots.find((l) => l.id === shown.lot?.lot);
  const scope = shown.scopes[0]?.process;
  if (!lot || !scope) return null;
  return (
    <Section id="lot" title={t('bought')}>
      {lot.description ? (
        <p lang={notice.language} className="max-w-measure whitespace-pre-line">
          {lot.description}
        </p>
      ) : null}
      <ItemsTable items={itemsOf(scope)} language={notice.language} captionHidden />
      <p>
        <Link href={`/tenders/${encodeURIComponent(scope.ocid)}`} className="link">
          {t('toWhole')}
        </Link>
      </p>
    </Section>
  );
}
