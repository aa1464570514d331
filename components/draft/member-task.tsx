import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import { pendingKeyset } from '@/lib/procedure/acts/publication';
import { committee, type Seat } from '@/lib/procedure/state';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import type { TenderView } from '@/lib/server/queries/view';
import { AcceptTask } from './accept-task';
import { memberWork, withKeys, type KeySetWork } from './member-work';
import { SignTask } from './sign-task';
import { TestTask } from './test-task';

/** What a member of the committee has to do now: accept, wait for the others, sign, test the key. */
export async function MemberTask({ view, seat }: { view: TenderView; seat: Seat }) {
  const t = await getTranslations('draft.committee');
  const work = memberWork(view);
  if (work?.kind === 'accept')
    return (
      <Messages namespaces={['sealing']}>
        <AcceptTask work={work} demonstration={view.demonstration} />
      </Messages>
    );
  const key = seat.accepted?.data.key;
  const keys = key === undefined ? {} : await readSigningKeys([key]);
  const known = work && withKeys(work, keys);
  if (known?.kind === 'sign') return <Sign view={view} work={known} />;
  const test = testWork(view, seat, keys);
  return (
    <div className="flex flex-col gap-8">
      {seat.signed ? <Notice tone="ok">{t('mineDone')}</Notice> : null}
      {seat.accepted && !seat.signed && view.phase === 'draft' ? (
        <Notice tone="ok">{t('mineWaiting')}</Notice>
      ) : null}
      {test ? (
        <Messages namespaces={['sealing']}>
          <TestTask work={test} testedAt={seat.rehearsed?.time ?? null} demonstration={view.demonstration} />
        </Messages>
      ) : null}
    </div>
  );
}

/** The test can be made again at any time while the table permits it. */
function testWork(view: TenderView, seat: Seat, keys: Record<string, string>): KeySetWork | null {
  const draft = pendingKeyset(view.process);
  const keyRecord = seat.accepted?.data.key ?? '';
  const registeredKey = keys[keyRecord];
  if (!draft || !seat.signed || !registeredKey || !view.may.includes('rehearse-key')) return null;
  return { kind: 'test', draft, index: seat.index, keyRecord, registeredKey };
}

async function Sign({ view, work }: { view: TenderView; work: KeySetWork }) {
  const seats = await getTranslations('tender.committee.seats');
  const { process, people, demonstration } = view;
  const members = (committee(process)?.seats ?? []).map((s) => ({
    index: s.index,
    name: people[s.person] ?? s.organization.name,
    seat: seats(s.seat),
  }));
  return (
    <Messages namespaces={['sealing']}>
      <SignTask work={work} members={members} demonstration={demonstration} />
    </Messages>
  );
}
