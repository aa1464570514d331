'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/text-input';
import { partnerFaults } from '@/lib/browser/bid/partners';
import { stepAfter } from '@/lib/browser/bid/plan';
import { MAX_PARTNERS, type Partner } from '@/lib/sealing/declared';
import { useAttempt } from '../use-attempt';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';

/** Who bids together with the tenderer; nobody, as a rule. */
export function PartnersStep() {
  const t = useTranslations('bid.partners');
  const { bid, groups, go, tenderer } = useStepPlace();
  const { state, refuse, clear } = useAttempt();
  const partners = bid.draft.consortium;

  const change = (next: Partner[]) => {
    clear();
    bid.session.update((draft) => ({ ...draft, consortium: next }));
  };
  const edit = (at: number, field: keyof Partner, value: string) =>
    change(partners.map((partner, i) => (i === at ? { ...partner, [field]: value } : partner)));
  const forward = () => {
    const faults = partnerFaults(partners, tenderer.id);
    const fieldErrors = Object.fromEntries(
      faults.map(({ at, fault }) => [
        `partner-${at + 1}-${fault === 'name' ? 'name' : 'id'}`,
        t(`faults.${fault}`),
      ]),
    );
    if (faults.length > 0) return refuse({ fieldErrors });
    go(stepAfter(groups, { name: 'partners' }));
  };
  return (
    <StepFrame
      title={t('title')}
      lead={<p>{t('lead', { organization: tenderer.name })}</p>}
      state={state}
      onSubmit={forward}
      beside={
        partners.length < MAX_PARTNERS ? (
          <Button variant="secondary" onClick={() => change([...partners, { id: '', name: '' }])}>
            {t(partners.length === 0 ? 'addFirst' : 'add')}
          </Button>
        ) : null
      }
    >
      {partners.length === 0 ? <p>{t('none')}</p> : null}
      <ol className="flex max-w-measure flex-col gap-6">
        {partners.map((partner, at) => (
          <li key={at}>
            <fieldset className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 sm:p-5">
              <legend className="px-1 font-semibold">{t('partner', { number: at + 1 })}</legend>
              <TextInput
                name={`partner-${at + 1}-name`}
                label={t('name')}
                error={state.fieldErrors[`partner-${at + 1}-name`]}
                maxLength={300}
                value={partner.name}
                onChange={(event) => edit(at, 'name', event.target.value)}
              />
              <TextInput
                name={`partner-${at + 1}-id`}
                label={t('id')}
                hint={t('idHint')}
                error={state.fieldErrors[`partner-${at + 1}-id`]}
                maxLength={200}
                value={partner.id}
                onChange={(event) => edit(at, 'id', event.target.value)}
              />
              <div>
                <Button
                  variant="quiet"
                  className="-ml-3"
                  aria-label={t('removeWhat', { number: at + 1 })}
                  onClick={() => change(partners.filter((_, i) => i !== at))}
                >
                  {t('remove')}
                </Button>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
    </StepFrame>
  );
}
