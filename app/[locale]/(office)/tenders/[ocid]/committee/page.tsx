import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { AppointCommittee } from '@/components/draft/appoint-committee';
import { CommitteeStatus } from '@/components/draft/committee-status';
import { MemberTask } from '@/components/draft/member-task';
import { ReplaceCommittee } from '@/components/draft/replace-committee';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { pendingReplacement } from '@/components/procedure/next-steps';
import { OfficeHeader } from '@/components/procedure/office-header';
import { readOcid } from '@/components/procedure/ocid';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Messages } from '@/lib/i18n/messages';
import { signedKeyset } from '@/lib/procedure/acts/publication';
import type { Phase } from '@/lib/procedure/phases';
import { committee } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import { listCandidates } from '@/lib/server/queries/lists';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('draft.committee');
  return { title: t('title') };
}

/** While members accept, sign and test their keys. */
const MEMBERS_PHASES: readonly Phase[] = ['draft', 'approval', 'open'];

/** Who opens the bids: appointed by the officer, accepted and signed by each member in its own browser. */
export default async function CommitteePage({ params }: PageProps) {
  const view = await readTender(readOcid((await params).ocid));
  if (!view) notFound();
  const t = await getTranslations('draft.committee');
  const appointed = committee(view.process);
  const waiting = appointed?.seats.some((seat) => !seat.signed) ?? false;
  const mine = appointed?.seats.find((seat) => seat.person === view.signedIn?.person.id) ?? null;
  // A member in the middle of a passphrase must not have the page changed underneath.
  const watching =
    waiting && (view.phase === 'draft' || view.phase === 'open') && (!mine || mine.signed !== null);
  return (
    <div className="page py-8 sm:py-12">
      <OfficeHeader view={view} title={t('title')} />
      {watching ? <AutoRefresh seconds={8} /> : null}
      <div className="flex flex-col gap-12">
        {mine && MEMBERS_PHASES.includes(view.phase) ? <MemberTask view={view} seat={mine} /> : null}
        <Replacement view={view} />
        {appointed ? <CommitteeStatus view={view} /> : null}
        <Appointment view={view} appointed={appointed !== null} />
      </div>
    </div>
  );
}

/** While bids are taken: what becomes of a committee that was appointed anew. */
async function Replacement({ view }: { view: TenderView }) {
  const t = await getTranslations('draft.committee.replace');
  const { process, phase, may, signedIn } = view;
  const keyset = phase === 'open' ? signedKeyset(process) : null;
  const appointed = keyset && pendingReplacement(process);
  if (!keyset || !appointed) return null;
  if (!may.includes('replace-committee')) return <Notice title={t('ready')}>{t('waiting')}</Notice>;
  if (appointed.actor.person === signedIn?.person.id) return <Notice title={t('ready')}>{t('own')}</Notice>;
  return (
    <section
      aria-labelledby="replace"
      className="flex max-w-3xl flex-col gap-5 rounded-lg border-2 border-accent bg-surface p-5 sm:p-6"
    >
      <h2 id="replace" className="text-xl">
        {t('title')}
      </h2>
      <p className="max-w-measure">{t('body')}</p>
      <Messages namespaces={['draft']}>
        <ReplaceCommittee ocid={process.ocid} digest={toHex(keySetDigest(keyset))} />
      </Messages>
    </section>
  );
}

async function Appointment({ view, appointed }: { view: TenderView; appointed: boolean }) {
  const t = await getTranslations('draft.committee');
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  if (!view.may.includes('appoint-committee'))
    return appointed ? null : (
      <EmptyState title={t('none')} action={<ButtonLink href={base}>{t('toTender')}</ButtonLink>}>
        {t('noneBody')}
      </EmptyState>
    );
  const { committee: candidates } = await listCandidates();
  const form = (
    <Messages namespaces={['draft', 'tender']}>
      <AppointCommittee ocid={view.process.ocid} candidates={candidates} again={appointed} />
    </Messages>
  );
  if (!appointed) return form;
  return (
    <details className="max-w-3xl">
      <summary className="link min-h-11 w-fit cursor-pointer py-2 font-semibold">{t('change')}</summary>
      <div className="mt-3 flex flex-col gap-6">
        <Notice tone="warn">{t(view.phase === 'open' ? 'replace.appointWarning' : 'changeWarning')}</Notice>
        {form}
      </div>
    </details>
  );
}
