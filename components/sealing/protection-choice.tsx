'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { RadioGroup } from '@/components/ui/radio-group';
import { passkeyCapability, type PasskeyCapability } from '@/lib/browser/keys/passkey';

export const PROTECTIONS = ['both', 'passphrase', 'passkey'] as const;
export type ProtectionChoice = (typeof PROTECTIONS)[number];

/** Undefined until the browser has answered. */
export function usePasskeyCapability(): PasskeyCapability | undefined {
  const [capability, setCapability] = useState<PasskeyCapability>();
  useEffect(() => {
    let current = true;
    void passkeyCapability(globalThis.location.hostname).then((found) => current && setCapability(found));
    return () => {
      current = false;
    };
  }, []);
  return capability;
}

interface ProtectionFieldProps {
  value: ProtectionChoice;
  onChange: (value: ProtectionChoice) => void;
}

/** How the new key file is to be opened; says plainly what this browser can do. */
export function ProtectionField({ value, onChange }: ProtectionFieldProps) {
  const t = useTranslations('sealing.key.protection');
  const capability = usePasskeyCapability();
  if (capability === undefined) return null;
  if (capability === 'absent') return <p className="text-ink-soft">{t('absent')}</p>;
  return (
    <RadioGroup
      name="protection"
      label={t('label')}
      hint={t(capability)}
      options={PROTECTIONS.map((choice) => ({
        value: choice,
        label: t(`${choice}.label`),
        hint: t(`${choice}.hint`),
      }))}
      value={value}
      onChange={(event) => onChange(PROTECTIONS.find((p) => p === event.target.value) ?? 'passphrase')}
    />
  );
}
