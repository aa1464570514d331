'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import type { ActResult } from '@/lib/forms/act-result';
import { KeyStep } from './key-step';
import { useAttempt } from './use-attempt';

interface RehearseKeyProps {
  /** Ed25519 public key that the member accepted with. */
  registeredKey: string;
  demonstration: boolean;
  /** RFC 3339: when this key was last tested. */
  testedAt: string | null;
  /** Opens a test envelope with this key, and files that it did. */
  onSubmit: (key: OpenedKey) => Promise<ActResult>;
}

/** "Test my key": a member finds out today, not on opening day, whether the key file and its passphrase still do. */
export function RehearseKey({ registeredKey, demonstration, testedAt, onSubmit }: RehearseKeyProps) {
  const t = useTranslations('sealing.rehearse');
  const [begun, setBegun] = useState(false);
  const [key, setKey] = useState<OpenedKey | null>(null);
  const [done, setDone] = useState(false);
  const finish = () => {
    key?.close();
    setKey(null);
    setBegun(false);
    setDone(true);
  };
  return (
    <section aria-labelledby="test-key" className="flex max-w-measure flex-col gap-5">
      <div>
        <h2 id="test-key" className="text-xl">
          {t('heading')}
        </h2>
        <p className="mt-2">{t('body')}</p>
        {testedAt !== null && !done ? (
          <p className="mt-2 text-ink-soft">
            {t.rich('last', { time: () => <LocalTime instant={testedAt} /> })}
          </p>
        ) : null}
      </div>
      {done ? (
        <Notice tone="ok" live title={t('done')}>
          {t('doneBody')}
        </Notice>
      ) : null}
      {begun ? null : (
        <div>
          <Button
            variant={testedAt === null && !done ? 'primary' : 'secondary'}
            onClick={() => setBegun(true)}
          >
            {t(testedAt === null && !done ? 'begin' : 'again')}
          </Button>
        </div>
      )}
      {begun && key === null ? (
        <KeyStep demonstration={demonstration} registeredKey={registeredKey} onKey={setKey} />
      ) : null}
      {key === null ? null : <Run openedKey={key} onSubmit={onSubmit} onDone={finish} />}
    </section>
  );
}

interface RunProps extends Pick<RehearseKeyProps, 'onSubmit'> {
  openedKey: OpenedKey;
  onDone: () => void;
}

function Run({ openedKey, onSubmit, onDone }: RunProps) {
  const t = useTranslations('sealing.rehearse');
  const { state, run } = useAttempt();
  const test = () =>
    run(async () => {
      const result = await onSubmit(openedKey);
      if (!result.ok) return result;
      onDone();
      return undefined;
    });
  return (
    <>
      <ErrorSummary {...state} />
      {state.code === 'share-unopenable' ? <Notice tone="bad">{t('lost')}</Notice> : null}
      <p>{t('ready')}</p>
      <div>
        <Button onClick={() => void test()} aria-disabled={state.pending}>
          {state.pending ? t('testing') : t('submit')}
        </Button>
      </div>
    </>
  );
}
