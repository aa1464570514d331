'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { actOn } from '@/app/[locale]/(office)/actions';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import type { FieldErrors } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import { COMMITTEE_SEATS } from '@/lib/record/catalogue';

export interface CommitteeCandidate {
  person: string;
  name: string;
  organization: { id: string; name: string };
  seats: string[];
}

interface AppointCommitteeProps {
  ocid: string;
  candidates: readonly CommitteeCandidate[];
  /** Whether this replaces a committee that there is. */
  again: boolean;
}

type SeatName = (typeof COMMITTEE_SEATS)[number];
interface Answer {
  message: string | null;
  code: string | null;
  fieldErrors: FieldErrors;
  attempt: number;
}

/** One person for each seat, and how many of them open the bids together. */
export function AppointCommittee({ ocid, candidates, again }: AppointCommitteeProps) {
  const t = useTranslations('draft.committee');
  const ui = useTranslations('ui');
  const router = useRouter();
  const [chosen, setChosen] = useState<Partial<Record<SeatName, string>>>({});
  const [k, setK] = useState('2');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>({ message: null, code: null, fieldErrors: {}, attempt: 0 });
  const refuse = (patch: Partial<Answer>) =>
    setAnswer((before) => ({
      message: null,
      code: null,
      fieldErrors: {},
      ...patch,
      attempt: before.attempt + 1,
    }));
  const check = (): FieldErrors => {
    const missing = COMMITTEE_SEATS.filter((seat) => !chosen[seat]).map(
      (seat) => [seat, t('choose')] as const,
    );
    const people = COMMITTEE_SEATS.map((seat) => chosen[seat]);
    const twice = COMMITTEE_SEATS.filter((seat, i) => chosen[seat] && people.indexOf(chosen[seat]) < i);
    return Object.fromEntries([...missing, ...twice.map((seat) => [seat, t('twice')] as const)]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const fieldErrors = check();
    if (Object.keys(fieldErrors).length > 0) return refuse({ code: 'invalid-input', fieldErrors });
    const members = COMMITTEE_SEATS.flatMap((seat) => {
      const candidate = candidates.find((c) => c.person === chosen[seat]);
      return candidate ? [{ person: candidate.person, seat, organization: candidate.organization }] : [];
    });
    setBusy(true);
    try {
      const result = await actOn({ ocid, act: 'appoint-committee', input: { k: Number(k), members } });
      if (result.ok) router.refresh();
      else refuse({ message: result.message, code: result.code, fieldErrors: result.fieldErrors ?? {} });
    } catch {
      refuse({ message: ui('failure'), code: 'UNREACHABLE' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...answer} />
      {again ? null : <p>{t('lead')}</p>}
      {COMMITTEE_SEATS.map((seat) => (
        <SeatSelect
          key={seat}
          seat={seat}
          candidates={candidates}
          value={chosen[seat] ?? ''}
          error={answer.fieldErrors[seat]}
          onChange={(person) => setChosen({ ...chosen, [seat]: person })}
        />
      ))}
      <RadioGroup
        name="k"
        label={t('threshold')}
        hint={t('thresholdHint')}
        value={k}
        error={answer.fieldErrors.k}
        onChange={(event) => setK(event.target.value)}
        options={(['2', '3', '1'] as const).map((value) => ({
          value,
          label: t(`k.${value}.label`),
          hint: t(`k.${value}.hint`),
        }))}
      />
      <div>
        <Button type="submit" aria-disabled={busy}>
          {busy ? ui('working') : t(again ? 'appointAgain' : 'appoint')}
        </Button>
      </div>
    </form>
  );
}

interface SeatSelectProps {
  seat: SeatName;
  candidates: readonly CommitteeCandidate[];
  value: string;
  error: string | undefined;
  onChange: (person: string) => void;
}

function SeatSelect({ seat, candidates, value, error, onChange }: SeatSelectProps) {
  const t = useTranslations('draft.committee');
  const seats = useTranslations('tender.committee.seats');
  const fit = candidates.filter((c) => c.seats.includes(seat));
  return (
    <Select
      name={seat}
      label={seats(seat)}
      hint={fit.length === 0 ? t('nobody') : t(`seatHint.${seat}`)}
      blank
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      options={fit.map((c) => ({
        value: c.person,
        label: t('person', { name: c.name, organization: c.organization.name }),
      }))}
    />
  );
}
