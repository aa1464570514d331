'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { Table } from '@/components/ui/table';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import type { ActResult } from '@/lib/forms/act-result';
import { toHex } from '@/lib/record/hex';
import { checkKeySetDraft, keySetDigest, type KeySetDraft } from '@/lib/sealing/keyset';
import { KeySetFingerprint } from './key-set-fingerprint';
import { KeyStep } from './key-step';
import { useAttempt } from './use-attempt';

interface SignKeySetProps {
  draft: KeySetDraft;
  /** The reader's own member number. */
  index: number;
  /** Who sits where, by member number. */
  members: readonly { index: number; name: string; seat: string }[];
  registeredKey: string;
  demonstration: boolean;
  /** Signs the key set with this key, and files the signature. */
  onSubmit: (key: OpenedKey) => Promise<ActResult>;
}

/** A member checks that its own key stands in the key set, and signs the whole of it. */
export function SignKeySet({
  draft,
  index,
  members,
  registeredKey,
  demonstration,
  onSubmit,
}: SignKeySetProps) {
  const t = useTranslations('sealing.sign');
  const [key, setKey] = useState<OpenedKey | null>(null);
  return (
    <div className="flex flex-col gap-8">
      <div className="max-w-measure">
        <h2 className="text-xl">{t('heading')}</h2>
        <p className="mt-2">{t('body', { k: draft.k, n: draft.n })}</p>
      </div>
      <MemberTable draft={draft} index={index} members={members} />
      <div>
        <h3 className="mb-3 text-lg">{t('digest')}</h3>
        <KeySetFingerprint digest={toHex(keySetDigest(draft))} />
      </div>
      {key === null ? (
        <KeyStep demonstration={demonstration} registeredKey={registeredKey} onKey={setKey} />
      ) : (
        <Sign draft={draft} index={index} openedKey={key} onSubmit={onSubmit} />
      )}
    </div>
  );
}

function MemberTable({ draft, index, members }: Pick<SignKeySetProps, 'draft' | 'index' | 'members'>) {
  const t = useTranslations('sealing.sign');
  const seat = (at: number) => members.find((member) => member.index === at);
  return (
    <Table
      caption={t('caption')}
      rows={draft.members}
      rowKey={(row) => String(row.index)}
      columns={[
        {
          key: 'member',
          header: t('member'),
          rowHeader: true,
          cell: (row) =>
            `${row.index}. ${seat(row.index)?.name ?? ''}${row.index === index ? ` (${t('you')})` : ''}`,
        },
        { key: 'seat', header: t('seat'), cell: (row) => seat(row.index)?.seat ?? '' },
        { key: 'key', header: t('key'), cell: (row) => <Hash value={row.x25519} /> },
      ]}
    />
  );
}

interface SignProps extends Pick<SignKeySetProps, 'draft' | 'index' | 'onSubmit'> {
  openedKey: OpenedKey;
}

function Sign({ draft, index, openedKey, onSubmit }: SignProps) {
  const t = useTranslations('sealing.sign');
  const errors = useTranslations('sealing.errors');
  const [done, setDone] = useState(false);
  const { state, run } = useAttempt();
  // Computed once: after the act the key is closed and derives nothing any more.
  const [fault] = useState(() => checkKeySetDraft(draft, { index, x25519: openedKey.committeeKey(draft) }));
  const sign = () =>
    run(async () => {
      const result = await onSubmit(openedKey);
      if (!result.ok) return result;
      openedKey.close();
      setDone(true);
      return undefined;
    });
  if (done) return <Notice tone="ok" live title={t('done')} />;
  if (fault !== undefined) return <Notice tone="bad" live title={errors(fault)} className="max-w-measure" />;
  return (
    <div className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <Notice tone="ok" live>
        {t('checked')}
      </Notice>
      <div>
        <Button onClick={() => void sign()} aria-disabled={state.pending}>
          {t('submit')}
        </Button>
      </div>
    </div>
  );
}
