import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import { pendingKeyset } from '@/lib/procedure/acts/publication';
import { committee, type Seat } from '@/lib/procedure/state';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import type { TenderView } from '@/lib/server/queries/view';
import { AcceptTask } from './accept-task';
import { SignTask } from './sign-task';

/** What a member of the committee has to do now: accept, wait for the others, sign, or nothing more. */
export async function MemberTask({ view, seat }: { view: TenderView; seat: Seat }) {
  const t = await getTranslations('draft.committee');
  const seats = await getTranslations('tender.committee.seats');
  const { process, people, demonstration } = view;
  const { chainId, contract, ocid } = process;
  if (seat.signed) return <Notice tone="ok">{t('mineDone')}</Notice>;
  if (!seat.accepted)
    return (
      <Messages namespaces={['sealing']}>
        <AcceptTask scope={{ chainId, contract, ocid }} index={seat.index} demonstration={demonstration} />
      </Messages>
    );
  const draft = pendingKeyset(process);
  const key = seat.accepted.data.key;
  const registeredKey = (await readSigningKeys([key]))[key];
  if (!draft || !registeredKey) return <Notice tone="ok">{t('mineWaiting')}</Notice>;
  const members = (committee(process)?.seats ?? []).map((s) => ({
    index: s.index,
    name: people[s.person] ?? s.organization.name,
    seat: seats(s.seat as 'officer' | 'regulator' | 'observer'),
  }));
  return (
    <Messages namespaces={['sealing']}>
      <SignTask
        draft={draft}
        index={seat.index}
        members={members}
        registeredKey={registeredKey}
        demonstration={demonstration}
      />
    </Messages>
  );
}
