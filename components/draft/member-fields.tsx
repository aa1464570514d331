'use client';

import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/select';
import type { FieldErrors } from '@/lib/forms/act-result';
import { COMMITTEE_SEATS } from '@/lib/record/catalogue';
import { fitting, type CommitteeCandidate, type MemberRow } from './committee-rows';

interface MemberFieldsProps {
  row: MemberRow;
  index: number;
  rows: readonly MemberRow[];
  candidates: readonly CommitteeCandidate[];
  errors: FieldErrors;
  onChange: (row: MemberRow) => void;
}

/** One member of the committee: the seat, the person, and for a deputy whom it stands in for. */
export function MemberFields({ row, index, rows, candidates, errors, onChange }: MemberFieldsProps) {
  const t = useTranslations('draft.committee');
  const seats = useTranslations('tender.committee.seats');
  const name = (field: string) => `members.${index}.${field}`;
  const fit = fitting(row, rows, candidates);
  const nameOf = (other: MemberRow) => candidates.find((c) => c.person === other.person)?.name;
  return (
    <div className="grid gap-x-6 gap-y-4 *:min-w-0 sm:grid-cols-2 sm:items-end">
      <Select
        name={name('seat')}
        label={t('seat')}
        hint={t(`seatHint.${row.seat}`)}
        value={row.seat}
        onChange={(event) => {
          const seat = COMMITTEE_SEATS.find((s) => s === event.target.value) ?? row.seat;
          onChange({ ...row, seat, deputyFor: '', person: '' });
        }}
        options={COMMITTEE_SEATS.map((seat) => ({ value: seat, label: seats(seat) }))}
      />
      {row.seat === 'deputy' ? (
        <Select
          name={name('deputyFor')}
          label={t('deputyFor')}
          hint={t('deputyForHint')}
          value={row.deputyFor}
          error={errors[name('deputyFor')]}
          onChange={(event) => onChange({ ...row, deputyFor: event.target.value, person: '' })}
          options={[
            { value: '', label: t('reserve') },
            ...rows.flatMap((other, at) =>
              other.seat === 'deputy'
                ? []
                : [
                    {
                      value: other.id,
                      label: t('numbered', { n: at + 1, name: nameOf(other) ?? seats(other.seat) }),
                    },
                  ],
            ),
          ]}
        />
      ) : null}
      <Select
        name={name('person')}
        label={t('personLabel')}
        hint={fit.length === 0 ? t('nobody') : undefined}
        blank
        value={row.person}
        error={errors[name('person')]}
        onChange={(event) => onChange({ ...row, person: event.target.value })}
        options={fit.map((c) => ({
          value: c.person,
          label: t('person', { name: c.name, organization: c.organization.name }),
        }))}
      />
    </div>
  );
}
