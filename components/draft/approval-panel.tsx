'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { actOn } from '@/app/[locale]/(office)/actions';
import { ActButton } from '@/components/procedure/act-button';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { RefusalForm } from './refusal-form';

interface ApprovalPanelProps {
  ocid: string;
  requestedBy: string;
  /** RFC 3339. */
  requestedAt: string;
  /** Whether the reader is who asked: that person may never approve. */
  own: boolean;
  mayApprove: boolean;
  mayWithdraw: boolean;
  /** The digest that publication was asked for, and that of the draft on this page: 64 hex digits. */
  asked: string;
  present: string;
}

/** What the reader may do with a request for publication: approve, send back, withdraw, or wait. */
export function ApprovalPanel(props: ApprovalPanelProps) {
  const t = useTranslations('draft.approve');
  const { ocid, own, mayApprove, mayWithdraw, asked, present } = props;
  return (
    <section
      aria-labelledby="decide"
      data-print="hide"
      className="flex max-w-3xl flex-col gap-5 rounded-lg border-2 border-accent bg-surface p-5 sm:p-6"
    >
      <div>
        <h2 id="decide" className="text-xl">
          {t(mayApprove && !own ? 'decide' : 'waiting')}
        </h2>
        <p className="mt-1 text-ink-soft">
          {t('requested', { name: props.requestedBy || t('somebody') })}{' '}
          <LocalTime instant={props.requestedAt} />
        </p>
      </div>
      {asked === present ? null : <Notice tone="bad">{t('changed')}</Notice>}
      {mayApprove && own ? <Notice>{t('fourEyes')}</Notice> : null}
      {mayApprove && !own ? <Decide ocid={ocid} digest={present} /> : null}
      {!mayApprove && !own ? <p>{t('another')}</p> : null}
      {mayWithdraw ? (
        <div className="flex flex-col gap-3 border-t border-line pt-5">
          <p className="text-ink-soft">{t('withdrawHint')}</p>
          <ActButton
            action={() => actOn({ ocid, act: 'withdraw-request', input: {} })}
            label={t('withdraw')}
            title={t('withdrawTitle')}
          >
            {t('withdrawBody')}
          </ActButton>
        </div>
      ) : null}
    </section>
  );
}

function Decide({ ocid, digest }: { ocid: string; digest: string }) {
  const t = useTranslations('draft.approve');
  const [refusing, setRefusing] = useState(false);
  if (refusing) return <RefusalForm ocid={ocid} onCancel={() => setRefusing(false)} />;
  return (
    <div className="flex flex-col gap-4">
      <p>{t('decideBody')}</p>
      <div className="flex flex-wrap items-start gap-3">
        <ActButton
          action={() => actOn({ ocid, act: 'approve-publication', input: { digest } })}
          label={t('approve')}
          title={t('approveTitle')}
        >
          {t('approveBody')}
        </ActButton>
        <Button variant="secondary" onClick={() => setRefusing(true)}>
          {t('refuse')}
        </Button>
      </div>
    </div>
  );
}
