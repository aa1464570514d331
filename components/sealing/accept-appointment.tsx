'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import type { ActResult } from '@/lib/forms/act-result';
import type { KeyScope } from '@/lib/sealing/member-key';
import { KeyStep } from './key-step';
import { useAttempt } from './use-attempt';

interface AcceptAppointmentProps {
  scope: KeyScope;
  /** Member number, from 1. */
  index: number;
  /** Whether a key file made here is marked as a demonstration key. */
  demonstration: boolean;
  /** Ed25519 public key already registered for this person. */
  registeredKey?: string | undefined;
  /** Files the acceptance, signed with this key. */
  onSubmit: (key: OpenedKey) => Promise<ActResult>;
}

/** A member of the opening committee accepts, with a key file of its own. */
export function AcceptAppointment(props: AcceptAppointmentProps) {
  const { scope, index, demonstration, registeredKey, onSubmit } = props;
  const [key, setKey] = useState<OpenedKey | null>(null);
  if (key === null)
    return <KeyStep demonstration={demonstration} registeredKey={registeredKey} onKey={setKey} />;
  return <Confirm scope={scope} index={index} openedKey={key} onSubmit={onSubmit} />;
}

interface ConfirmProps extends Pick<AcceptAppointmentProps, 'scope' | 'index' | 'onSubmit'> {
  openedKey: OpenedKey;
}

function Confirm({ scope, index, openedKey, onSubmit }: ConfirmProps) {
  const t = useTranslations('sealing.accept');
  const [done, setDone] = useState(false);
  const { state, run } = useAttempt();
  // Computed once: after the act the key is closed and derives nothing any more.
  const [x25519] = useState(() => openedKey.committeeKey(scope));
  const accept = () =>
    run(async () => {
      const result = await onSubmit(openedKey);
      if (!result.ok) return result;
      openedKey.close();
      setDone(true);
      return undefined;
    });
  if (done) return <Notice tone="ok" live title={t('done')} />;
  return (
    <section aria-labelledby="accept" className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <h2 id="accept" className="text-xl">
        {t('heading')}
      </h2>
      <p>{t('body', { index })}</p>
      <p>{t('duties')}</p>
      <SummaryList
        rows={[
          { key: 'signing', label: t('signing'), value: <Hash value={openedKey.publicKey} /> },
          { key: 'sealing', label: t('sealing'), value: <Hash value={x25519} /> },
        ]}
      />
      <div>
        <Button onClick={() => void accept()} aria-disabled={state.pending}>
          {t('submit')}
        </Button>
      </div>
    </section>
  );
}
