import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeyBatch } from '@/components/draft/key-batch';
import { ActLink } from '@/components/procedure/act-link';
import { nextSteps, type Step } from '@/components/procedure/next-steps';
import { TenderList } from '@/components/procedure/tender-list';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import type { Act } from '@/lib/procedure/permissions';
import { listTenders, myWork, type WorkItem } from '@/lib/server/queries/lists';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';
import { currentViewer } from '@/lib/server/session';
import { systemClock } from '@/lib/server/clock';
import { readBatch } from './read-batch';
import { readReleases } from './read-releases';
import { WaitingTask } from './waiting-task';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.work');
  return { title: t('title') };
}

/** One tender in which somebody has a part; of a divided one, all of its units together. */
interface Mine {
  tender: WorkItem['tender'];
  view: TenderView | null;
  /** The table alone cannot know that something is done already. */
  steps: Step[];
}

/** What is left to do, tender by tender: each stands once, with its lots. */
function leftIn(items: readonly WorkItem[]): Promise<Mine[]> {
  const sameTender = (a: WorkItem, b: WorkItem) => a.tender.ocid === b.tender.ocid;
  const firsts = items.filter((item) => items.find((other) => sameTender(item, other)) === item);
  return Promise.all(
    firsts.map(async (first): Promise<Mine> => {
      const may = items.some((item) => sameTender(first, item) && item.may.length > 0);
      const view = may ? await readTender(first.tender.ocid) : null;
      if (!view) return { tender: first.tender, view, steps: [] };
      return { tender: { ...first.tender, phase: view.phase }, view, steps: nextSteps(view) };
    }),
  );
}

/** A bid may be handed in, a request may be withdrawn, but nobody waits for it: these are no tasks. */
const NO_TASKS: readonly Act[] = ['submit-bid', 'withdraw-request'];

/** Of one kind of reader, the one whose empty page helps most. */
const KINDS = ['officer', 'approver', 'evaluator', 'tenderer'] as const;

const KEY_ACTS: readonly Act[] = ['accept-appointment', 'sign-keyset', 'rehearse-key'];

/** My work: first what waits for me, then what I have a part in. */
export default async function WorkPage() {
  const [t, viewer, items] = await Promise.all([getTranslations('office.work'), currentViewer(), myWork()]);
  if (!viewer) return null;
  const now = systemClock.now();
  const left = await leftIn(items);
  const batch = await readBatch(left.flatMap(({ tender, view }) => (view ? [{ row: tender, view }] : [])));
  const releases = await readReleases(items);
  const batched = new Set(batch?.tasks.map(({ ocid }) => ocid));
  const waiting = left.flatMap(({ tender, view, steps }) => {
    // What one opening of the key file does for several stands above, once.
    const above = batched.has(tender.ocid) ? KEY_ACTS : [];
    const tasks = steps.filter(({ act }) => !NO_TASKS.includes(act) && !above.includes(act));
    return view && tasks.length > 0 ? [{ view, steps: tasks }] : [];
  });
  const others = left.filter(({ view }) => !waiting.some((w) => w.view === view));
  const bids = ({ steps }: Mine) => steps.some(({ act }) => act === 'submit-bid');
  const open = others.filter(bids).map(({ tender }) => tender);
  const rest = others.filter((mine) => !bids(mine)).map(({ tender }) => tender);
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
          {releases.length > 1 ? (
            <p className="mb-4" data-print="hide">
              <ActLink href="/work/opening">{t('releases', { count: releases.length })}</ActLink>
            </p>
          ) : null}
          {waiting.length > 0 ? (
            <ul className="grid gap-4 lg:grid-cols-2">
              {waiting.map(({ view, steps }) => (
                <WaitingTask key={view.id} view={view} steps={steps} />
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
