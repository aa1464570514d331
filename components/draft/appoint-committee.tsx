'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { actOn } from '@/app/[locale]/(office)/actions';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select } from '@/components/ui/select';
import type { FieldErrors } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import { advisedThreshold, mostNeeded } from '@/lib/procedure/committee-plan';
import { CommitteeAdviceBox } from './committee-advice-box';
import {
  firstRows,
  MOST_MEMBERS,
  newRow,
  planOf,
  rowFaults,
  type CommitteeCandidate,
  type MemberRow,
} from './committee-rows';
import { MemberFields } from './member-fields';
import { RowList } from './row-list';

interface AppointCommitteeProps {
  ocid: string;
  candidates: readonly CommitteeCandidate[];
  /** Whether this replaces a committee that there is. */
  again: boolean;
}

interface Answer {
  message: string | null;
  code: string | null;
  fieldErrors: FieldErrors;
  attempt: number;
}

/** The rows as the act takes them. */
function membersOf(rows: readonly MemberRow[], candidates: readonly CommitteeCandidate[]) {
  return planOf(rows).flatMap((planned, at) => {
    const candidate = candidates.find((c) => c.person === rows[at]?.person);
    return candidate ? [{ person: candidate.person, organization: candidate.organization, ...planned }] : [];
  });
}

/** Who sits in the opening committee, and how many of them open the bids together. */
export function AppointCommittee({ ocid, candidates, again }: AppointCommitteeProps) {
  const t = useTranslations('draft.committee');
  const ui = useTranslations('ui');
  const router = useRouter();
  const [rows, setRows] = useState(() => firstRows(candidates));
  // Follows the advice until the reader has chosen otherwise.
  const [chosenK, setChosenK] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>({ message: null, code: null, fieldErrors: {}, attempt: 0 });
  const plan = planOf(rows);
  const most = Math.max(1, mostNeeded(plan));
  const k = Math.min(chosenK ?? advisedThreshold(plan), most);
  const refuse = (patch: Partial<Answer>) =>
    setAnswer((before) => ({
      message: null,
      code: null,
      fieldErrors: {},
      ...patch,
      attempt: before.attempt + 1,
    }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const faults = Object.entries(rowFaults(rows, candidates));
    if (faults.length > 0) {
      const fieldErrors = Object.fromEntries(faults.map(([field, fault]) => [field, t(fault)]));
      return refuse({ code: 'invalid-input', fieldErrors });
    }
    setBusy(true);
    try {
      const input = { k, members: membersOf(rows, candidates) };
      const result = await actOn({ ocid, act: 'appoint-committee', input });
      if (result.ok) router.refresh();
      else refuse({ message: result.message, code: result.code, fieldErrors: result.fieldErrors ?? {} });
    } catch {
      refuse({ message: ui('failure'), code: 'UNREACHABLE' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex max-w-3xl flex-col gap-6">
      <ErrorSummary {...answer} />
      {again ? null : <p className="max-w-measure">{t('lead')}</p>}
      <RowList<MemberRow>
        name="members"
        rows={rows}
        most={MOST_MEMBERS}
        label={(n) => t('memberNumber', { n })}
        addLabel={t('addMember')}
        create={(id) => newRow(id)}
        onChange={(changed) => setRows(changed.length === 0 ? rows : changed)}
        error={answer.fieldErrors.members}
      >
        {(row, index, set) => (
          <MemberFields
            row={row}
            index={index}
            rows={rows}
            candidates={candidates}
            errors={answer.fieldErrors}
            onChange={set}
          />
        )}
      </RowList>
      <Select
        name="k"
        label={t('threshold')}
        hint={t('thresholdHint')}
        value={String(k)}
        error={answer.fieldErrors.k}
        onChange={(event) => setChosenK(Number(event.target.value))}
        options={Array.from({ length: most }, (_, at) => ({
          value: String(at + 1),
          label: t('kOfN', { k: at + 1, n: rows.length }),
        }))}
      />
      <CommitteeAdviceBox k={k} plan={plan} />
      <div>
        <Button type="submit" aria-disabled={busy}>
          {busy ? ui('working') : t(again ? 'appointAgain' : 'appoint')}
        </Button>
      </div>
    </form>
  );
}
