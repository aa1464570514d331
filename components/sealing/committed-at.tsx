'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextInput } from '@/components/ui/text-input';
import { bidCommittedAt, type CommitFacts } from '@/lib/browser/upload/commit-bid';
import { formatExactTime } from '@/lib/i18n/format';

type Found = 'idle' | 'asking' | 'away' | 'absent' | { time: number };

/** Whether the chain has noted the envelope, asked of the node that the reader chooses. */
export function CommittedAt({ facts, rpcUrl }: { facts: CommitFacts; rpcUrl: string | null }) {
  const t = useTranslations('sealing.commit');
  const locale = useLocale();
  const [node, setNode] = useState(rpcUrl ?? '');
  const [found, setFound] = useState<Found>('idle');
  const look = async () => {
    setFound('asking');
    try {
      const time = await bidCommittedAt(node.trim(), facts);
      setFound(time === null ? 'absent' : { time });
    } catch {
      setFound('away');
    }
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <TextInput
          name="commit-node"
          label={t('node')}
          hint={t('nodeHint')}
          inputMode="url"
          spellCheck={false}
          value={node}
          onChange={(event) => setNode(event.target.value)}
        />
      </div>
      <Button
        variant="secondary"
        disabled={found === 'asking' || node.trim() === ''}
        onClick={() => void look()}
      >
        {t('look')}
      </Button>
      <div role="status">
        {found === 'asking' ? t('looking') : null}
        {found === 'away' ? <Notice tone="warn">{t('away')}</Notice> : null}
        {found === 'absent' ? <Notice tone="warn">{t('absent')}</Notice> : null}
        {typeof found === 'object' ? (
          <Notice tone="ok">{t('found', { time: formatExactTime(found.time * 1000, locale) })}</Notice>
        ) : null}
      </div>
    </div>
  );
}
