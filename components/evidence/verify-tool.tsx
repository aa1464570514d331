'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import type { CheckWorld } from '@/lib/browser/verify/check';
import { fetchText } from '@/lib/browser/verify/lookup';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Button } from '../ui/button';
import { FileDrop } from '../ui/file-drop';
import { AddressedRecord } from './addressed-record';
import { CheckCard } from './check-card';
import { isSettled, type CheckItem } from './checks';
import { RegistryChanged } from './registry-changed';
import { TrustedRegistry } from './trusted-registry';
import { useChecks } from './use-checks';
import { useTrust } from './use-trust';
import { useVerdict } from './use-verdict';

interface VerifyToolProps {
  /** What the server says with the page: believed at the first visit only, and then held against what was kept. */
  registry: RegistryDescriptor;
  /** The node that the registry offers; null when it offers none. */
  ownNode: string | null;
  embedded: boolean;
}

/** Drop files, see verdicts. Everything is computed here, in the reader's browser. */
export function VerifyTool({ registry, ownNode, embedded }: VerifyToolProps) {
  const t = useTranslations('verify');
  const [node, setNode] = useState(ownNode ?? '');
  const [spoken, setSpoken] = useState('');
  const { announcement } = useVerdict();
  const usable = isNodeUrl(node);
  const { trust, kept, choose, pin } = useTrust(registry);
  const worldOf = useCallback(
    (trusted: RegistryDescriptor): CheckWorld => ({
      registry: trusted,
      chain: () => (node === '' || !isNodeUrl(node) ? null : chainReader(node, trusted.contract)),
      get: fetchText,
      now: Date.now,
    }),
    [node],
  );
  const speak = ({ file, state }: CheckItem): void => {
    if (isSettled(state)) setSpoken(announcement(file.name, state));
  };
  const { items, add, stop, clear, again } = useChecks(worldOf, trust, speak);
  const list = useRef<HTMLOListElement>(null);
  useOpenForPrint(list);
  return (
    <div className="flex flex-col gap-10">
      <RegistryChanged
        page={registry}
        trust={trust}
        kept={kept}
        embedded={embedded}
        onPin={(chosen) => again(pin(chosen))}
      />
      <div data-print="hide" className="max-w-measure">
        <FileDrop name="files" label={t('drop.label')} hint={t('drop.hint')} multiple onFiles={add} />
        <p className="mt-3 text-sm text-ink-soft">{t('privacy')}</p>
      </div>
      <AddressedRecord ready={kept.state !== 'asking'} onEvidence={(file) => add([file])} />
      <p role="status" aria-live="polite" className="sr-only">
        {spoken}
      </p>
      {items.length === 0 ? null : (
        <section aria-label={t('results')}>
          <ol ref={list} className="flex flex-col gap-6">
            {items.map((item) => (
              <CheckCard
                key={item.id}
                item={item}
                onStop={() => stop(item.id)}
                onEvidence={(file) => add([file])}
              />
            ))}
          </ol>
          <div data-print="hide" className="mt-5 flex flex-wrap gap-3">
            <Button variant="secondary" onClick={() => window.print()}>
              {t('print')}
            </Button>
            <Button variant="secondary" onClick={() => again()}>
              {t('again')}
            </Button>
            <Button variant="quiet" onClick={clear}>
              {t('clear')}
            </Button>
          </div>
        </section>
      )}
      <TrustedRegistry
        trust={trust}
        kept={kept}
        onOwn={(copy) => again(choose(copy))}
        onPin={(chosen) => again(pin(chosen))}
        embedded={embedded}
        node={node}
        nodeError={node !== '' && !usable}
        ownNode={ownNode}
        onNode={setNode}
      />
    </div>
  );
}

function isNodeUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** On paper nothing can be unfolded: whatever is folded is opened first. */
function useOpenForPrint(list: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const open = (): void => {
      list.current?.querySelectorAll('details').forEach((details) => details.setAttribute('open', ''));
    };
    window.addEventListener('beforeprint', open);
    return () => window.removeEventListener('beforeprint', open);
  }, [list]);
}
