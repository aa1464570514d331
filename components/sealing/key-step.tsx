'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RadioGroup } from '@/components/ui/radio-group';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import { CreateKeyFile } from './create-key-file';
import { DemonstrationKey } from './demonstration-key';
import { OpenKeyFile } from './open-key-file';

interface KeyStepProps {
  demonstration: boolean;
  /** Ed25519 public key already registered for this person: then only its file will do. */
  registeredKey?: string | undefined;
  onKey: (key: OpenedKey) => void;
}

/** Gets hold of the member's key: from the file, or by making one for who has none yet. */
export function KeyStep({ demonstration, registeredKey, onKey }: KeyStepProps) {
  const t = useTranslations('sealing.key');
  const [have, setHave] = useState(registeredKey !== undefined);
  return (
    <section aria-labelledby="key-step" className="flex flex-col gap-6">
      <div className="max-w-measure">
        <h2 id="key-step" className="text-xl">
          {t('heading')}
        </h2>
        <p className="mt-2 text-ink-soft">{t('intro')}</p>
      </div>
      {demonstration ? <DemonstrationKey expectedKey={registeredKey} onKey={onKey} /> : null}
      {registeredKey === undefined ? (
        <RadioGroup
          name="haveKey"
          label={t('choice')}
          options={[
            { value: 'no', label: t('haveNot') },
            { value: 'yes', label: t('have') },
          ]}
          value={have ? 'yes' : 'no'}
          onChange={(event) => setHave(event.target.value === 'yes')}
        />
      ) : null}
      {have ? (
        <OpenKeyFile expectedKey={registeredKey} onKey={onKey} />
      ) : (
        <CreateKeyFile demonstration={demonstration} onKey={onKey} />
      )}
    </section>
  );
}
