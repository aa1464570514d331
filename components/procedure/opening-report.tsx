import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { all, committee, keySetOf, membersOf, type Process } from '@/lib/procedure/state';
import { partnersOf } from '@/lib/procedure/room-of';
import type { RecordData } from '@/lib/record/catalogue';
import { BidTable } from './bid-table';
import { OpeningEvents } from './opening-events';

type Report = RecordData<'opening-report'>;

/** The organizations of members, each once. */
function organizationsOf(process: Process, people: readonly string[]): string[] {
  const seats = all(process, 'committee-appointed').flatMap((appointed) => appointed.data.members);
  const current = committee(process)?.seats ?? [];
  const named = [...current, ...seats].filter((seat) => people.includes(seat.person));
  return [...new Set(named.map((seat) => seat.organization.name))];
}

/** Whose key shares opened the bids. */
function openers(process: Process, report: Report): string[] {
  const people = report.members.flatMap(({ keyset, index }) => {
    const set = keySetOf(process, keyset);
    return (set && membersOf(process, set).get(index)) ?? [];
  });
  return organizationsOf(process, people);
}

/** The opening report (开标记录): every bid with its tenderer and price, who opened them, and what became of the others. */
export function OpeningReport({ report, process }: { report: Report; process: Process }) {
  const codes = new Map(all(process, 'bid-invalid').map(({ data }) => [data.bid, data.code]));
  const partners = partnersOf(process);
  const technical = process.unit?.part === 'technical';
  return (
    <div className="flex flex-col gap-4">
      <OpenedBy report={report} process={process} />
      <OpeningEvents process={process} />
      <BidTable
        technical={technical}
        bids={report.bids.map(({ bid, tenderer, ...row }) => ({
          ...row,
          tenderer: tenderer.name,
          partners: partners(bid),
          code: codes.get(bid) ?? null,
        }))}
      />
      <Accounted report={report} process={process} />
    </div>
  );
}

/** When the bids were opened, and by whose shares. */
export function OpenedBy({ report, process }: { report: Report; process: Process }) {
  const t = useTranslations('tender.opening');
  const names = openers(process, report);
  return (
    <p className="max-w-measure">
      {t('openedAt')} <LocalTime instant={report.openedAt} />.{' '}
      {names.length > 0 ? t('openedBy', { names: names.join(t('and')) }) : null}
    </p>
  );
}

const STANDINGS = ['replaced', 'withdrawn', 'withdrawal'] as const;

/**
 * Where every sealed bid of the log has gone (protocol §7.5). Nothing where each was opened by the committee: then the
 * table above says it all.
 */
export function Accounted({ report, process }: { report: Report; process: Process }) {
  const t = useTranslations('tender.opening.accounted');
  const name = (bid: string) => report.bids.find((row) => row.bid === bid)?.tenderer.name ?? bid;
  const given = report.seedsGiven.map(name);
  const count = (standing: Report['leaves'][number]['standing']) =>
    report.leaves.filter((leaf) => leaf.standing === standing).length;
  const signers = organizationsOf(
    process,
    all(process, 'opening-report-signed').map((signed) => signed.actor.person),
  );
  const beyond = STANDINGS.filter((standing) => count(standing) > 0);
  const whole = beyond.length > 0 || report.unopened.length > 0;
  if (!whole && given.length === 0 && signers.length === 0) return null;
  return (
    <ul className="flex max-w-measure list-disc flex-col gap-1 pl-5">
      {given.length > 0 ? <li>{t('seedsGiven', { names: given.join(t('and')) })}</li> : null}
      {whole ? (
        <>
          <li>{t('opened', { count: report.bids.length, all: report.leaves.length })}</li>
          {beyond.map((standing) => (
            <li key={standing}>{t(standing, { count: count(standing) })}</li>
          ))}
          {report.unopened.map(({ bid, tenderer, reason }) => (
            <li key={bid} data-unopened={bid}>
              {t(`unopened.${reason}`, { name: tenderer.name })}
            </li>
          ))}
        </>
      ) : null}
      {signers.length > 0 ? <li>{t('signed', { names: signers.join(t('and')) })}</li> : null}
    </ul>
  );
}
