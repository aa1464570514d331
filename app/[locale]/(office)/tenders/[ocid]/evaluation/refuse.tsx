'use client';

import * as z from 'zod';
import { ActForm } from '@/components/ui/act-form';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { text } from '@/lib/record/notice';
import { actOn } from '../../../actions';

const schema = z.strictObject({ reason: text(2000) });

interface RefuseProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  act: 'refuse-award' | 'refuse-shortlist';
  texts: { instead: string; submit: string; reason: string; reasonHint: string };
}

/** The approver sends a proposal back, with a reason. */
export function Refuse({ ocid, unit, act, texts }: RefuseProps) {
  const router = useRouter();
  return (
    <details>
      <summary className="link w-fit cursor-pointer py-2">{texts.instead}</summary>
      <div className="pt-4">
        <ActForm
          schema={schema}
          action={(input: z.infer<typeof schema>) => actOn({ ocid, unit, act, input })}
          onDone={() => router.refresh()}
          submitLabel={texts.submit}
          submitVariant="danger"
        >
          {({ error }) => (
            <TextArea
              name="reason"
              label={texts.reason}
              hint={texts.reasonHint}
              error={error('reason')}
              maxLength={2000}
            />
          )}
        </ActForm>
      </div>
    </details>
  );
}
