'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { TextInput } from '@/components/ui/text-input';
import { MIN_PASSPHRASE } from '@/lib/browser/keys/passphrase-rule';
import type { FieldErrors } from '@/lib/forms/act-result';

export interface PassphraseDraft {
  passphrase: string;
  repeat: string;
}

export const emptyPassphrase: PassphraseDraft = { passphrase: '', repeat: '' };

interface NewPassphraseProps {
  value: PassphraseDraft;
  onChange: (value: PassphraseDraft) => void;
  fieldErrors: FieldErrors;
  /** Before the names of the fields, where a page has two such forms. */
  prefix?: string;
}

/** A passphrase chosen and typed twice. */
export function NewPassphrase({ value, onChange, fieldErrors, prefix = '' }: NewPassphraseProps) {
  const t = useTranslations('sealing.key');
  const [shown, setShown] = useState(false);
  const type = shown ? 'text' : 'password';
  const common = {
    type,
    autoComplete: 'new-password',
    autoCapitalize: 'none',
    spellCheck: false,
    required: true,
  };
  return (
    <>
      <TextInput
        {...common}
        name={`${prefix}passphrase`}
        label={t('newPassphrase')}
        hint={t('passphraseHint', { minimum: MIN_PASSPHRASE })}
        error={fieldErrors[`${prefix}passphrase`]}
        value={value.passphrase}
        onChange={(event) => onChange({ ...value, passphrase: event.target.value })}
      />
      <TextInput
        {...common}
        name={`${prefix}repeat`}
        label={t('repeat')}
        error={fieldErrors[`${prefix}repeat`]}
        value={value.repeat}
        onChange={(event) => onChange({ ...value, repeat: event.target.value })}
      />
      <Checkbox
        name={`${prefix}show`}
        label={t('show')}
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
      />
    </>
  );
}

/** What is wrong with a passphrase, by field. */
export function usePassphraseErrors(prefix = ''): (value: PassphraseDraft) => FieldErrors {
  const t = useTranslations('sealing.errors');
  return ({ passphrase, repeat }) => {
    if ([...passphrase].length < MIN_PASSPHRASE) return { [`${prefix}passphrase`]: t('passphrase-short') };
    return passphrase === repeat ? {} : { [`${prefix}repeat`]: t('passphrase-differs') };
  };
}
