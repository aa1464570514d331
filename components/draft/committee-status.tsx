import { useTranslations } from 'next-intl';
import { SeatName } from '@/components/procedure/seat-name';
import { KeySetFingerprint } from '@/components/sealing/key-set-fingerprint';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { pendingKeyset, signedKeyset } from '@/lib/procedure/acts/publication';
import { permittedRoles } from '@/lib/procedure/permissions';
import { committee, type Filed, type Seat } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { keySetDigest, keySetHash } from '@/lib/sealing/keyset';
import type { TenderView } from '@/lib/server/queries/view';

/** Who has accepted and signed, and the fingerprint of the keys that bids will be sealed to. */
export function CommitteeStatus({ view }: { view: TenderView }) {
  const t = useTranslations('draft.committee');
  const { process, people } = view;
  const appointed = committee(process);
  if (!appointed) return null;
  const testable = permittedRoles('rehearse-key', view.phase).length > 0;
  const mine = appointed.seats.find((seat) => seat.person === view.signedIn?.person.id);
  const state = (filed: Filed | null) =>
    filed ? (
      <span>
        <Tag tone="ok">{t('yes')}</Tag>{' '}
        <span className="text-sm text-ink-soft">
          <LocalTime instant={filed.time} />
        </span>
      </span>
    ) : (
      <Tag tone="warn">{t('notYet')}</Tag>
    );
  return (
    <section aria-labelledby="members" className="flex max-w-4xl flex-col gap-6">
      <div>
        <h2 id="members" className="text-xl">
          {t('members')}
        </h2>
        <p className="mt-1 max-w-measure text-ink-soft">
          {t('membersLead', { k: appointed.k, n: appointed.seats.length })}
        </p>
      </div>
      <Table<Seat>
        caption={t('members')}
        captionHidden
        rows={appointed.seats}
        rowKey={(seat) => String(seat.index)}
        columns={[
          {
            key: 'name',
            header: t('member'),
            rowHeader: true,
            cell: (seat) => people[seat.person] ?? seat.organization.name,
          },
          {
            key: 'seat',
            header: t('seat'),
            cell: (seat) => (
              <span>
                <SeatName seat={seat} seats={appointed.seats} />
                <span className="block text-sm text-ink-soft">{seat.organization.name}</span>
              </span>
            ),
          },
          { key: 'accepted', header: t('accepted'), cell: (seat) => state(seat.accepted) },
          { key: 'signed', header: t('signed'), cell: (seat) => state(seat.signed) },
          {
            key: 'tested',
            header: t('tested'),
            // Once bids are due, what was not tried is no longer waited for.
            cell: (seat) => (seat.rehearsed === null && !testable ? '–' : state(seat.rehearsed)),
          },
        ]}
      />
      <Fingerprint view={view} signing={mine !== undefined && !mine.signed} />
    </section>
  );
}

const onChain = ({ process }: TenderView, keyset: string) => process.chain.keysets.includes(keyset);

/** Who is about to sign has the keys before them already, where they sign. */
function Fingerprint({ view, signing }: { view: TenderView; signing: boolean }) {
  const t = useTranslations('draft.committee');
  const signed = signedKeyset(view.process);
  if (signed)
    return (
      <Notice tone="ok" title={t('complete')}>
        <p className="mb-2">{t(onChain(view, keySetHash(signed)) ? 'completeOnChain' : 'completeBody')}</p>
        <Hash value={keySetHash(signed)} full />
        <p className="mt-4 mb-3">{t('completeKeys')}</p>
        <KeySetFingerprint digest={toHex(keySetDigest(signed))} />
      </Notice>
    );
  const pending = pendingKeyset(view.process);
  if (!pending) return <Notice>{t('waitAccept')}</Notice>;
  if (signing) return <Notice>{t('waitSign')}</Notice>;
  return (
    <Notice title={t('waitSign')}>
      <p className="mb-3">{t('waitSignBody')}</p>
      <KeySetFingerprint digest={toHex(keySetDigest(pending))} />
    </Notice>
  );
}
