'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { downloadBlob } from '@/lib/browser/keys/download';
import {
  commitBidData,
  findWallet,
  sendCommitBid,
  WalletError,
  type CommitFacts,
  type WalletFault,
} from '@/lib/browser/upload/commit-bid';
import { CommittedAt } from './committed-at';

interface CommitOnChainProps extends CommitFacts {
  /** The node that is asked unless the reader names another; null when the registry offers none. */
  rpcUrl: string | null;
  /** The sealed envelope itself, to be saved and handed in by another way. */
  sealed: Blob;
}

const never = () => () => undefined;

/**
 * The way around a platform that does not answer: the envelope's fingerprint goes to the contract, the envelope to the
 * review body. Everything it needs is in the page already.
 */
export function CommitOnChain({ rpcUrl, sealed, ...facts }: CommitOnChainProps) {
  const t = useTranslations('sealing.commit');
  const { chainId, contract, envelope } = facts;
  const data = commitBidData(facts);
  return (
    <section aria-labelledby="commit-on-chain" className="flex max-w-measure flex-col gap-4">
      <h3 id="commit-on-chain" className="text-lg">
        {t('heading')}
      </h3>
      <p>{t('what')}</p>
      <Notice tone="warn" title={t('notTitle')}>
        <p>{t('not')}</p>
      </Notice>
      <p className="text-ink-soft">{t('seen')}</p>
      <div>
        <Button variant="secondary" onClick={() => downloadBlob(`${envelope.slice(0, 16)}.envelope`, sealed)}>
          {t('save')}
        </Button>
      </div>
      <SummaryList
        rows={[
          { key: 'chain', label: t('chain'), value: chainId },
          { key: 'contract', label: t('contract'), value: <Hash value={contract} full /> },
          { key: 'envelope', label: t('envelope'), value: <Hash value={envelope} full /> },
          { key: 'data', label: t('data'), value: <CallData data={data} /> },
        ]}
      />
      <SendWithWallet facts={facts} />
      <CommittedAt facts={facts} rpcUrl={rpcUrl} />
    </section>
  );
}

function CallData({ data }: { data: string }) {
  const t = useTranslations('sealing.commit');
  return (
    <>
      <code className="block font-mono text-sm break-all" data-testid="commit-data">
        {data}
      </code>
      <CopyButton text={data} label={t('copyData')} />
    </>
  );
}

type WalletState = 'idle' | 'asking' | { sent: string } | { fault: WalletFault };

function SendWithWallet({ facts }: { facts: CommitFacts }) {
  const t = useTranslations('sealing.commit');
  const [state, setState] = useState<WalletState>('idle');
  // Extensions put themselves into the page; the server knows of none.
  const present = useSyncExternalStore(
    never,
    () => findWallet() !== null,
    () => false,
  );
  if (!present) return <p className="text-ink-soft">{t('noWallet')}</p>;
  const send = async () => {
    const wallet = findWallet();
    if (!wallet) return;
    setState('asking');
    try {
      setState({ sent: await sendCommitBid(wallet, facts) });
    } catch (error) {
      setState({ fault: error instanceof WalletError ? error.code : 'failed' });
    }
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <Button disabled={state === 'asking'} onClick={() => void send()}>
        {t('send')}
      </Button>
      <div role="status">
        {state === 'asking' ? t('asking') : null}
        {typeof state === 'object' && 'sent' in state ? (
          <p>{t.rich('sent', { hash: () => <Hash value={state.sent} /> })}</p>
        ) : null}
        {typeof state === 'object' && 'fault' in state ? (
          <p className="font-semibold text-bad">{t(`fault.${state.fault}`, { chainId: facts.chainId })}</p>
        ) : null}
      </div>
    </div>
  );
}
