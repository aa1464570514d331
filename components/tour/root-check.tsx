'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Notice } from '../ui/notice';
import { Digest } from './digest';
import { Play } from './play';
import { useTour } from './tour-provider';

interface Signed {
  /** The root that the checkpoint states, 64 digits. */
  root: string;
  valid: boolean;
}

/** The root that was computed beside the one that was signed and the one that was anchored. */
export function RootCheck() {
  const t = useTranslations('tourPlay');
  return <Play action={t('compare')}>{({ way }) => <Roots computed={way.root} />}</Play>;
}

function Roots({ computed }: { computed: string }) {
  const t = useTranslations('tourPlay');
  const { checkpoint, logKey, anchorRoot } = useTour().facts;
  const [signed, setSigned] = useState<Signed | null>(null);
  useEffect(() => {
    let gone = false;
    void readSigned(checkpoint, logKey).then((read) => {
      if (!gone) setSigned(read);
    });
    return () => {
      gone = true;
    };
  }, [checkpoint, logKey]);
  if (signed === null) return null;
  const same = computed === signed.root && computed === anchorRoot;
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-col gap-4">
        <Digest label={t('computedRoot')} value={computed} />
        <Digest label={t('signedRoot')} value={signed.root} other={computed} />
        <Digest label={t('anchorRoot')} value={anchorRoot} other={computed} />
      </dl>
      <Notice tone={same ? 'ok' : 'bad'} title={t(same ? 'same' : 'notSame')} />
      <Notice tone={signed.valid ? 'ok' : 'bad'} title={t(signed.valid ? 'signature' : 'noSignature')} />
    </div>
  );
}

/** Signatures need a library of their own, which comes only when somebody gets this far. */
async function readSigned(checkpoint: string, logKey: string): Promise<Signed> {
  const [{ parseCheckpoint, verifyCheckpoint }, { parseVerifierKey }, { toHex }] = await Promise.all([
    import('@/lib/merkle/checkpoint'),
    import('@/lib/merkle/verifier-key'),
    import('@/lib/record/hex'),
  ]);
  const note = parseCheckpoint(checkpoint);
  return {
    root: note ? toHex(note.rootHash) : '',
    valid: verifyCheckpoint(checkpoint, parseVerifierKey(logKey)).ok,
  };
}
