import { NextIntlClientProvider } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { BidPlace } from '@/components/sealing/bid/bid-place';
import type { BidPlaceProps, SubmissionToFile } from '@/components/sealing/bid/place';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import type { BidTender } from '@/lib/browser/bid/tender';
import en from '@/lib/i18n/messages/en/bid.json';
import enDraft from '@/lib/i18n/messages/en/bidDraft.json';
import enSealing from '@/lib/i18n/messages/en/sealing.json';
import enUi from '@/lib/i18n/messages/en/ui.json';
import zh from '@/lib/i18n/messages/zh/bid.json';
import zhDraft from '@/lib/i18n/messages/zh/bidDraft.json';
import zhSealing from '@/lib/i18n/messages/zh/sealing.json';
import zhUi from '@/lib/i18n/messages/zh/ui.json';
import { keySetHash } from '@/lib/sealing/keyset';
import type { KeySet } from '@/lib/sealing/keyset';

const MESSAGES = {
  en: { bid: en, bidDraft: enDraft, sealing: enSealing, ui: enUi },
  zh: { bid: zh, bidDraft: zhDraft, sealing: zhSealing, ui: zhUi },
};

/** What the test decides; it travels as JSON. */
export interface Setting {
  locale: 'en' | 'zh';
  tender: BidTender;
  keySet: KeySet;
  signingKeys: Record<string, string>;
  own: OwnBid[];
  seeds: BidPlaceProps['seeds'];
  bidding: boolean;
  /** Bytes of one envelope's files. */
  maxBytes: number;
}

/** What the place asked the registry to do: the test looks at it. */
const asked: { filed: SubmissionToFile[]; withdrawn: unknown[]; seeds: unknown[] } = {
  filed: [],
  withdrawn: [],
  seeds: [],
};
export const whatWasAsked = () => asked;

/** Changes what the page knows, as reading it anew would. */
let change: (setting: Partial<Setting>) => void = () => undefined;
export const changeTo = (setting: Partial<Setting>): void => change(setting);

/** The records that a submission becomes, as the registry files them. */
function recorded({ envelopes, bidKey, keyset }: SubmissionToFile, before: readonly OwnBid[]): OwnBid[] {
  const replaced = new Set(envelopes.map(({ replaces }) => replaces?.bid));
  const old = before.map((bid) =>
    replaced.has(bid.commitment) ? { ...bid, standing: 'replaced' as const } : bid,
  );
  const fresh = envelopes.map(({ lot, part, envelope }): OwnBid => ({
    id: `record-${envelope.slice(0, 8)}`,
    commitment: `${envelope.slice(32)}${envelope.slice(0, 32)}`,
    ...{ lot, part, time: new Date().toISOString(), standing: 'live' as const },
    sealed: { envelope, size: 1, bidKey, keyset },
    ...{ index: null, anchored: false },
  }));
  return [...old, ...fresh];
}

/** The record by which the log holds the offered sealer. */
const PUBLISHED = '019c4b31-1000-7000-8000-00000000000a';

function Page({ first }: { first: Setting }) {
  const [setting, setSetting] = useState(first);
  useEffect(() => {
    change = (part) => setSetting((before) => ({ ...before, ...part }));
  }, []);
  const { tender, keySet, signingKeys, own, seeds, bidding, maxBytes } = setting;
  const keyset = useMemo(() => keySetHash(keySet), [keySet]);
  const { chainId, contract, ocid } = keySet;
  return (
    <BidPlace
      {...{ ocid, tenderId: 'tender-1', tender, keySet, keyset, signingKeys, own, seeds, bidding }}
      registry={{ origin: 'tenders.example.org', chainId, contract, rpcUrl: null }}
      tenderer={{ id: 'org-acme', name: 'Acme Kitchens' }}
      serverNow={new Date().toISOString()}
      limits={{ files: 3, bytes: maxBytes }}
      demonstration
      sealer={{
        digest: '5e'.repeat(32),
        published: { recordId: PUBLISHED, time: '2026-11-20T08:00:00.000Z' },
      }}
      ownView={
        own.length > 0 ? <p data-testid="own-view">{own.map(({ standing }) => standing).join(' ')}</p> : null
      }
      intro={<p>Before you begin</p>}
      readKeySetHash={() => Promise.resolve(keyset)}
      onFile={(submission) => {
        asked.filed.push(submission);
        change({ own: recorded(submission, own) });
        const receipts = submission.envelopes.map(({ lot, part, envelope }) => ({
          id: `record-${envelope.slice(0, 8)}`,
          ...{ lot, part, name: `tenderproof-receipt-${envelope.slice(0, 8)}.json`, text: '{}' },
        }));
        return Promise.resolve({ ok: true, receipts });
      }}
      onWithdraw={(bids) => {
        asked.withdrawn.push(bids);
        change({ own: own.map((bid) => ({ ...bid, standing: 'withdrawn' })) });
        return Promise.resolve({ ok: true });
      }}
      onSeed={(seed) => {
        asked.seeds.push(seed);
        return Promise.resolve({ ok: true });
      }}
      refresh={() => undefined}
    />
  );
}

export function mount(setting: Setting): void {
  document.documentElement.lang = setting.locale;
  const root = document.createElement('main');
  root.className = 'page py-8';
  document.body.append(root);
  createRoot(root).render(
    <NextIntlClientProvider locale={setting.locale} messages={MESSAGES[setting.locale]} timeZone="UTC">
      <h1 className="mb-6 text-2xl">Your bid</h1>
      <Page first={setting} />
    </NextIntlClientProvider>,
  );
}
