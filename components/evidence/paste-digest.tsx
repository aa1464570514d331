'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { readDigest } from '@/lib/browser/verify/intake/digest-text';
import { Button } from '../ui/button';
import { TextInput } from '../ui/text-input';

/** Checks a fingerprint instead of a file: for whoever computed it with another program, or has it on paper. */
export function PasteDigest({ onDigest }: { onDigest: (sha256: string) => void }) {
  const t = useTranslations('verify.paste');
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [tidied, setTidied] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readDigest(text);
    setTidied(read.ok && read.tidied);
    setError(read.ok ? undefined : t(`fault.${read.code}`, { digits: read.digits }));
    if (!read.ok) return;
    setText('');
    onDigest(read.sha256);
  };
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-3">
      <div className="w-full">
        <TextInput
          name="digest"
          label={t('label')}
          hint={t('hint')}
          error={error}
          optional
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button type="submit" variant="secondary">
        {t('check')}
      </Button>
      <p role="status" aria-live="polite" className="text-sm text-ink-soft empty:hidden">
        {tidied ? t('tidied') : null}
      </p>
    </form>
  );
}
