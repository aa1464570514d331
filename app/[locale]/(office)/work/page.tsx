import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeyBatch } from '@/components/draft/key-batch';
import { nextSteps, pageOfAct } from '@/components/procedure/next-steps';
import { TenderList } from '@/components/procedure/tender-list';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import type { Act } from '@/lib/procedure/permissions';
import { last } from '@/lib/procedure/state';
import { listTenders, myWork, type WorkItem } from '@/lib/server/queries/lists';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';
import { currentViewer } from '@/lib/server/session';
import { systemClock } from '@/lib/server/clock';
import { readBatch } from './read-batch';
import { WaitingTask } from './waiting-task';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.work');
  return { title: t('title') };
}

/** What is left to do in one tender; the table alone cannot know that something is done already. */
async function leftIn(
  item: WorkItem,
): Promise<{ item: WorkItem; acts: Act[]; supplier: string | undefined; view: TenderView | null }> {
  const view = item.may.length > 0 ? await readTender(item.tender.ocid) : null;
  const acts = view ? nextSteps(view).filter((act) => pageOfAct(item.tender.ocid, act) !== null) : [];
  const supplier = view ? last(view.process, 'award-announced')?.data.supplier.name : undefined;
  return { item, acts, supplier, view };
}

/** Of one kind of reader, the one whose empty page helps most. */
const KINDS = ['officer', 'approver', 'evaluator', 'tenderer'] as const;

const KEY_ACTS: readonly Act[] = ['accept-appointment', 'sign-keyset', 'rehearse-key'];

/** My work: first what waits for me, then what I have a part in. */
export default async function WorkPage() {
  const [t, viewer, items] = await Promise.all([getTranslations('office.work'), currentViewer(), myWork()]);
  if (!viewer) return null;
  const now = systemClock.now();
  const left = await Promise.all(items.map(leftIn));
  const batch = await readBatch(left.flatMap(({ item, view }) => (view ? [{ row: item.tender, view }] : [])));
  const batched = new Set(batch?.tasks.map(({ ocid }) => ocid));
  // A bid may be handed in, a request may be withdrawn, but nobody waits for it: these are no tasks.
  const waiting = left
    .map((l) => ({ ...l, acts: l.acts.filter((act) => act !== 'submit-bid' && act !== 'withdraw-request') }))
    // What one opening of the key file does for several stands above, once.
    .map((l) => ({
      ...l,
      acts: batched.has(l.item.tender.ocid) ? l.acts.filter((act) => !KEY_ACTS.includes(act)) : l.acts,
    }))
    .filter(({ acts }) => acts.length > 0);
  const others = left.filter(({ item }) => !waiting.some((w) => w.item === item));
  const open = others.filter(({ acts }) => acts.includes('submit-bid')).map(({ item }) => item.tender);
  const rest = others.filter(({ acts }) => !acts.includes('submit-bid')).map(({ item }) => item.tender);
  const kind = KINDS.find((k) => viewer.roles.includes(k)) ?? 'other';
  const officer = viewer.roles.includes('officer');
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        kicker={viewer.organization.name}
        title={t('title')}
        lead={t('lead', { name: viewer.person.name })}
        actions={officer ? <ButtonLink href="/tenders/new">{t('start')}</ButtonLink> : undefined}
      />
      <div className="flex flex-col gap-12">
        {batch ? (
          <Messages namespaces={['draft', 'sealing', 'tenders']}>
            <KeyBatch {...batch} />
          </Messages>
        ) : null}
        <section aria-labelledby="waiting">
          <h2 id="waiting" className="mb-4 text-xl">
            {t('waiting')}
          </h2>
          {waiting.length > 0 ? (
            <ul className="grid gap-4 lg:grid-cols-2">
              {waiting.map(({ item, acts, supplier }) => (
                <WaitingTask
                  key={item.tender.ocid}
                  tender={item.tender}
                  acts={acts}
                  supplier={supplier}
                  now={now}
                />
              ))}
            </ul>
          ) : batch ? (
            <p className="text-ink-soft">{t('restDone')}</p>
          ) : (
            <EmptyState title={t('nothing')}>{t(`empty.${kind}`)}</EmptyState>
          )}
        </section>
        <Part title={t('open')} rows={open} now={now} />
        <Part title={t('others')} rows={rest} now={now} />
        {items.length === 0 ? <Recent title={t('recent')} now={now} /> : null}
      </div>
    </div>
  );
}

function Part({ title, rows, now }: { title: string; rows: WorkItem['tender'][]; now: number }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className="mb-4 text-xl">{title}</h2>
      <TenderList rows={rows} now={now} />
    </section>
  );
}

/** For somebody without any part in a tender yet: what the public sees. */
async function Recent({ title, now }: { title: string; now: number }) {
  const { rows } = await listTenders({ page: 1 });
  return <Part title={title} rows={rows.slice(0, 5)} now={now} />;
}
