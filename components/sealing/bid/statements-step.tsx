'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { stepAfter } from '@/lib/browser/bid/plan';
import { useAttempt } from '../use-attempt';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';

/** Where the draft keeps what was confirmed, by kind of statement. */
const FIELDS = { eligibility: 'eligibility', declaration: 'declarations' } as const;

/** The statements of the notice, each to be confirmed: that the tenderer may take part, or what its bid promises. */
export function StatementsStep({ kind }: { kind: keyof typeof FIELDS }) {
  const t = useTranslations(`bid.${kind}`);
  const { tender, bid, groups, go } = useStepPlace();
  const { state, refuse, clear } = useAttempt();
  const field = FIELDS[kind];
  const asked = tender.statements.filter((statement) => statement.kind === kind);
  const ticked = bid.draft[field];
  const name = (position: number) => `${kind}-${position + 1}`;

  const tick = (id: string, on: boolean) => {
    clear();
    bid.session.update((draft) => {
      const others = draft[field].filter((one) => one !== id);
      return { ...draft, [field]: on ? [...others, id] : others };
    });
  };
  const forward = () => {
    const missing = asked.flatMap(({ id }, at) => (ticked.includes(id) ? [] : [[name(at), t('required')]]));
    if (missing.length > 0)
      return refuse({ fieldErrors: Object.fromEntries(missing) as Record<string, string> });
    go(stepAfter(groups, { name: FIELDS[kind] }));
  };
  return (
    <StepFrame title={t('title')} lead={<p>{t('lead')}</p>} state={state} onSubmit={forward}>
      <div className="flex max-w-measure flex-col gap-3">
        {asked.map(({ id, text }, at) => (
          <Checkbox
            key={id}
            name={name(at)}
            label={<span lang={tender.language}>{text}</span>}
            error={state.fieldErrors[name(at)]}
            checked={ticked.includes(id)}
            onChange={(event) => tick(id, event.target.checked)}
          />
        ))}
      </div>
    </StepFrame>
  );
}
