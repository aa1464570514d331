'use client';

import { useTranslations } from 'next-intl';
import type { Kept, Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { NodesField, type NodesFieldProps } from './nodes-field';
import { RegistryValues } from './registry-values';
import { OwnCopy, TrustSource } from './trust-source';

interface TrustedRegistryProps extends NodesFieldProps {
  trust: Trust;
  kept: Kept;
  embedded: boolean;
  onOwn: (copy: RegistryDescriptor | null) => void;
  onPin: (registry: RegistryDescriptor) => void;
}

/** What proofs are checked against: the descriptor, whose word it is, and the nodes. The reader may change both. */
export function TrustedRegistry(props: TrustedRegistryProps) {
  const { trust, kept, embedded, onOwn, onPin } = props;
  const t = useTranslations('verify');
  return (
    <RegistryValues
      registry={trust.registry}
      embedded={embedded}
      source={
        <>
          {kept.state === 'unavailable' ? null : <p className="max-w-measure">{t('pin.limits')}</p>}
          <TrustSource trust={trust} kept={kept} />
        </>
      }
    >
      <OwnCopy trust={trust} kept={kept} onOwn={onOwn} onPin={onPin} />
      <NodesField {...props} />
    </RegistryValues>
  );
}
