import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Table } from '@/components/ui/table';
import { seatsOf } from '@/lib/procedure/committee-seats';
import { all, keySets, packOf, type CommitteeKeySet, type Filed, type Process } from '@/lib/procedure/state';
import type { COMMITTEE_SEATS } from '@/lib/record/catalogue';
import { KeysetFingerprint } from './keyset-fingerprint';

interface Version extends CommitteeKeySet {
  /** The record with which it came into force. */
  filed: Filed<'notice'> | Filed<'committee-replaced'>;
}

/** Each that came into force, in order; before the chain has any, the one that the notice names. */
function versionsOf(process: Process): Version[] {
  const records = [...all(process, 'notice'), ...all(process, 'committee-replaced')];
  const hashes = new Set(keySets(process).map((set) => set.hash));
  return records
    .filter(({ data, type }) => hashes.has(data.keysetHash) || (hashes.size === 0 && type === 'notice'))
    .map((filed) => ({ hash: filed.data.keysetHash, keySet: filed.data.keyset, filed }));
}

/** Who opens the bids, who did before, and what happens when too few of them come. */
export function OpeningCommittee({ process, people }: { process: Process; people: Record<string, string> }) {
  const versions = versionsOf(process);
  const inForce = versions.at(-1);
  if (!inForce) return null;
  const { keySet, hash } = inForce;
  return (
    <>
      <KeysetFingerprint keySet={keySet} hash={hash} seats={seatsOf(process, inForce)} people={people} />
      {versions.length > 1 ? <History process={process} versions={versions} /> : null}
      <TooFew process={process} k={keySet.k} />
    </>
  );
}

function History({ process, versions }: { process: Process; versions: Version[] }) {
  const t = useTranslations('tender.committee.history');
  const seats = useTranslations('tender.committee.seats');
  const who = (version: Version) =>
    seatsOf(process, version)
      .map((seat) => `${seats(seat.seat as (typeof COMMITTEE_SEATS)[number])} (${seat.organization.name})`)
      .join(', ');
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-measure">{t('lead')}</p>
      <Table<Version>
        caption={t('title')}
        rows={versions}
        rowKey={(version) => version.hash}
        prose
        columns={[
          {
            key: 'since',
            header: t('since'),
            rowHeader: true,
            cell: ({ filed }) => <LocalTime instant={filed.time} />,
          },
          { key: 'who', header: t('who'), cell: who },
          {
            key: 'why',
            header: t('why'),
            cell: ({ filed }) => ('reason' in filed.data ? filed.data.reason : t('first')),
          },
          { key: 'hash', header: t('fingerprint'), cell: ({ hash }) => <Hash value={hash} ends={10} /> },
        ]}
      />
    </div>
  );
}

/** The rule for members who stay away, as the bidder must know it before it bids. */
function TooFew({ process, k }: { process: Process; k: number }) {
  const t = useTranslations('tender.committee.tooFew');
  const locale = useLocale();
  const rule = packOf(process)?.rules['undecided-bid-expires'];
  return (
    <div className="max-w-measure">
      <h3 className="pb-2 text-lg">{t('title', { k })}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('postponed')}</li>
        <li>{t('seeds')}</li>
        <li>{t('refused')}</li>
      </ul>
      {rule ? (
        <p className="pt-2 text-ink-soft">
          {t('rule', { article: rule.article, sentence: rule.sentence[locale] })}
        </p>
      ) : null}
    </div>
  );
}
