import { getLocale, getTranslations } from 'next-intl/server';
import { ActButton } from '@/components/procedure/act-button';
import { formatPoints, qualityWeight } from '@/components/procedure/points';
import { Section } from '@/components/procedure/section';
import { ShortlistTable } from '@/components/procedure/shortlist-table';
import { Notice } from '@/components/ui/notice';
import { qualitySoFar } from '@/lib/procedure/acts/shortlist';
import { last, openedBids, proposedShortlist, shortlist, tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { actOn } from '../../../actions';
import { ProposeShortlist } from './propose-shortlist';
import { Refuse } from './refuse';

/** The end of a technical part: whose price is opened. Proposed by one person, approved or sent back by another. */
export async function Shortlist({ view }: { view: TenderView }) {
  const { process } = view;
  const notice = tender(process);
  if (process.unit?.part !== 'technical' || !notice) return null;
  // Before all sheets are sealed there is nothing to decide on.
  if (last(process, 'scores-sealed')?.anchorIndex == null) return null;
  return proposedShortlist(process) ? <Proposed view={view} /> : <ToPropose view={view} />;
}

async function ToPropose({ view }: { view: TenderView }) {
  const { process, may } = view;
  const [t, locale] = await Promise.all([getTranslations('office.evaluation.shortlist'), getLocale()]);
  const refused = last(process, 'shortlist-refused');
  const notice = tender(process);
  if (!notice) return null;
  const micro = qualitySoFar(process);
  const most = qualityWeight(notice);
  const bids = openedBids(process)
    .map(({ data: { bid, tenderer } }) => ({ bid, name: tenderer.name, micro: micro.get(bid) ?? 0 }))
    .toSorted((a, b) => b.micro - a.micro);
  return (
    <Section id="shortlist" title={t('title')} lead={t('lead')}>
      {refused ? (
        <Notice tone="warn" title={t('refused')} className="max-w-3xl">
          <p>{refused.data.reason}</p>
        </Notice>
      ) : null}
      {may.includes('propose-shortlist') ? (
        <ProposeShortlist
          ocid={process.ocid}
          unit={process.unit}
          bids={bids.map(({ bid, name, micro: points }) => ({
            bid,
            name,
            points: t('points', { points: formatPoints(points, locale), most }),
          }))}
        />
      ) : (
        <p className="text-ink-soft">{t('waiting')}</p>
      )}
    </Section>
  );
}

async function Proposed({ view }: { view: TenderView }) {
  const { process, may, signedIn } = view;
  const t = await getTranslations('office.evaluation.shortlist');
  const proposed = proposedShortlist(process);
  const notice = tender(process);
  if (!proposed || !notice) return null;
  const mine = proposed.actor.person === signedIn?.person.id;
  const undecided = shortlist(process) === null;
  return (
    <Section id="shortlist" title={t('title')}>
      <ShortlistTable rows={proposed.data.rows} most={qualityWeight(notice)} />
      {undecided && may.includes('approve-shortlist') && !mine ? (
        <div className="flex max-w-measure flex-col gap-6">
          <ActButton
            action={actOn.bind(null, {
              ocid: process.ocid,
              unit: process.unit,
              act: 'approve-shortlist',
              input: { proposed: proposed.commitment },
            })}
            label={t('approve')}
            title={t('approveTitle')}
          >
            <p>{t(proposed.data.rows.some((row) => row.passed) ? 'approveBody' : 'approveNone')}</p>
          </ActButton>
          <Refuse
            ocid={process.ocid}
            unit={process.unit}
            act="refuse-shortlist"
            texts={{
              instead: t('refuseInstead'),
              submit: t('refuse'),
              reason: t('refuseReason'),
              reasonHint: t('refuseHint'),
            }}
          />
        </div>
      ) : (
        <Notice
          tone={undecided ? 'info' : 'ok'}
          title={t(undecided ? 'awaiting' : 'approved')}
          className="max-w-3xl"
        >
          <p>{t(undecided ? (mine ? 'awaitingOwn' : 'awaitingBody') : 'approvedBody')}</p>
        </Notice>
      )}
    </Section>
  );
}
