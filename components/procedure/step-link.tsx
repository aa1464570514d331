import { useTranslations } from 'next-intl';
import type { ButtonVariant } from '@/components/ui/button';
import { tender, type Process } from '@/lib/procedure/state';
import { ActLink } from './act-link';
import type { Step } from './next-steps';
import { useUnitName } from './unit-name';

/** Leads to where something can be done, and says in which lot. */
export function StepLink({
  process,
  step,
  variant,
}: {
  process: Process;
  step: Step;
  variant: ButtonVariant;
}) {
  const t = useTranslations();
  const nameOf = useUnitName();
  const notice = tender(process);
  const name = t(`acts.${step.act}.name`);
  const where =
    step.unit && notice
      ? nameOf(notice, step.unit)
      : step.units > 0
        ? t('tender.units.count', { count: step.units })
        : null;
  return (
    <ActLink href={step.href} variant={variant}>
      {name}
      {where ? <span className="font-normal"> · {where}</span> : null}
    </ActLink>
  );
}
