'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { askNodes } from '@/lib/browser/verify/ask-nodes';
import type { CheckWorld } from '@/lib/browser/verify/check';
import { chosenFiles, MOST_FILES, type Found } from '@/lib/browser/verify/intake/folder';
import type { GivenDigest } from '@/lib/browser/verify/intake/given';
import { takeIn } from '@/lib/browser/verify/intake/take-in';
import { fetchText } from '@/lib/browser/verify/lookup';
import { patientGet } from '@/lib/browser/verify/patient-get';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Notice } from '../ui/notice';
import { AddressedRecord } from './addressed-record';
import type { Inbox } from './inbox';
import { OwnNode } from './node-list';
import { PasteDigest } from './paste-digest';
import { RegistryChanged } from './registry-changed';
import { Results } from './results';
import { ScanCode } from './scan-code';
import { TrustedRegistry } from './trusted-registry';
import { useChecks } from './use-checks';
import { useNodes } from './use-nodes';
import { useShownResults } from './use-shown-results';
import { useTrust } from './use-trust';

export interface VerifyDeskProps {
  /** What was dropped, and will be. */
  inbox: Inbox;
  /** Place above everything else, for what must not be overlooked. */
  alarm: HTMLElement | null;
  registry: RegistryDescriptor;
  ownNode: string | null;
  embedded: boolean;
}

/** The part of the page that checks: fetched after the page stands. */
export function VerifyDesk({ inbox, alarm, registry, ownNode, embedded }: VerifyDeskProps) {
  const t = useTranslations('verify');
  const nodes = useNodes(ownNode);
  const { trust, kept, choose, pin } = useTrust(registry);
  const [cut, setCut] = useState(false);
  const { urls } = nodes.named;
  const worldOf = useCallback(
    (trusted: RegistryDescriptor): CheckWorld => ({
      registry: trusted,
      chain: () => askNodes(urls, trusted),
      get: patientGet(fetchText),
      now: Date.now,
    }),
    [urls],
  );
  const { items, add, stop, stopAll, clear, again } = useChecks(worldOf, trust);
  const { above, showResults } = useShownResults(items);
  // What is trusted may change while an archive is opened: files are checked against what is trusted then.
  const put = useEffectEvent(add);
  const take = useEffectEvent(async (found: Found): Promise<void> => {
    const taken = await takeIn(found);
    setCut(taken.cut);
    put(taken.incoming);
  });
  useEffect(() => inbox.listen((found) => void take(found)), [inbox]);
  const addDigest = (sha256: string): void => {
    const file: GivenDigest = { kind: 'digest', name: `SHA-256 ${sha256.slice(0, 16)}…`, size: null, sha256 };
    add([{ file, path: file.name, within: null }]);
  };
  const addFile = useCallback((file: File): void => inbox.put(chosenFiles([file])), [inbox]);
  return (
    <OwnNode value={ownNode}>
      {alarm === null
        ? null
        : createPortal(
            <RegistryChanged
              page={registry}
              trust={trust}
              kept={kept}
              embedded={embedded}
              onPin={(chosen) => again(pin(chosen))}
            />,
            alarm,
          )}
      <div data-print="hide">
        <div className="grid max-w-measure gap-6">
          <PasteDigest onDigest={addDigest} />
          <ScanCode onDigest={addDigest} onFile={addFile} />
        </div>
        <span ref={above} className="sr-only" />
      </div>
      {cut ? (
        <Notice tone="warn" live>
          {t('drop.cut', { most: MOST_FILES })}
        </Notice>
      ) : null}
      <AddressedRecord ready={kept.state !== 'asking'} onEvidence={addFile} onAnswer={showResults} />
      <Results
        items={items}
        onStop={stop}
        onStopAll={stopAll}
        onAgain={() => again()}
        onClear={clear}
        onEvidence={addFile}
      />
      <TrustedRegistry
        trust={trust}
        kept={kept}
        onOwn={(copy) => again(choose(copy))}
        onPin={(chosen) => again(pin(chosen))}
        embedded={embedded}
        nodes={nodes.text}
        named={nodes.named}
        ownNode={ownNode}
        onNodes={nodes.change}
      />
    </OwnNode>
  );
}
