'use client';

import type { ReactNode } from 'react';
import { UnitName, useUnitName } from '@/components/procedure/unit-name';
import { isNamed } from '@/lib/browser/bid/tender';
import type { Part } from '@/lib/procedure/units';
import { useStepPlace } from './step-place';

/** The name of a lot or part as a text; '' for the whole of a tender that is not divided. */
export function useUnitLabel(): (unit: { lot: string; part: Part }) => string {
  const name = useUnitName();
  const { tender } = useStepPlace();
  return ({ lot, part }) => (isNamed({ lot, part }) ? name(tender, { lot, part }) : '');
}

/** The same with its language marked; nothing for the whole. */
export function UnitLabel({ lot, part }: { lot: string; part: Part }): ReactNode {
  const { tender } = useStepPlace();
  return isNamed({ lot, part }) ? <UnitName notice={tender} unit={{ lot, part }} /> : null;
}
