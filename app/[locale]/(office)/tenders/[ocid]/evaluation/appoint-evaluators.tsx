'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod';
import { ActForm } from '@/components/ui/act-form';
import { Choice } from '@/components/ui/choice';
import { FieldSet } from '@/components/ui/field';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { actOn } from '../../../actions';

interface AppointEvaluatorsProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  candidates: { person: string; name: string; organization: { name: string }; excluded: boolean }[];
  chosen: readonly string[];
  /** The rule on their number, in the reader's language. */
  rule: string;
}

const schema = z.object({ evaluators: z.array(z.string()).min(1).max(15).default([]) });

/** A list of people to tick; their number is the rule pack's business, and the server's to check. */
export function AppointEvaluators({ ocid, unit, candidates, chosen, rule }: AppointEvaluatorsProps) {
  const t = useTranslations('office.evaluation.appoint');
  const router = useRouter();
  return (
    <ActForm
      schema={schema}
      action={(input: { evaluators: string[] }) => actOn({ ocid, unit, act: 'appoint-evaluators', input })}
      onDone={() => router.refresh()}
      submitLabel={t('submit')}
      toInput={(form) => ({ evaluators: form.getAll('evaluators').map(String) })}
    >
      {({ error }) => (
        <FieldSet name="evaluators" label={t('who')} hint={rule} error={error('evaluators')}>
          {candidates.map(({ person, name, organization, excluded }) => (
            <Choice
              key={person}
              kind="checkbox"
              id={`evaluator-${person}`}
              name="evaluators"
              value={person}
              label={name}
              hint={excluded ? t('excluded', { organization: organization.name }) : organization.name}
              disabled={excluded}
              defaultChecked={chosen.includes(person)}
            />
          ))}
        </FieldSet>
      )}
    </ActForm>
  );
}
