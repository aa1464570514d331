'use client';

import type { ReactNode } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { ActResult } from '@/lib/forms/act-result';
import { useAct } from '@/lib/forms/use-act';
import { useRouter } from '@/lib/i18n/navigation';

interface ActButtonProps {
  /** A server action with its call bound to it. */
  action: () => Promise<ActResult>;
  label: string;
  /** The question that the dialog asks. */
  title: string;
  /** What follows, and that it cannot be taken back. */
  children: ReactNode;
}

const nothing = { safeParse: () => ({ success: true as const, data: undefined }) };

/** An act that needs no input but a second thought. */
export function ActButton({ action, label, title, children }: ActButtonProps) {
  const router = useRouter();
  const { state, submit } = useAct<undefined>({
    schema: nothing,
    action: () => action(),
    onDone: () => router.refresh(),
  });
  return (
    <div className="flex flex-col items-start gap-4">
      <ErrorSummary message={state.message} code={state.code} attempt={state.attempt} />
      <ConfirmDialog trigger={label} title={title} confirmLabel={label} onConfirm={() => submit(undefined)}>
        {children}
      </ConfirmDialog>
    </div>
  );
}
