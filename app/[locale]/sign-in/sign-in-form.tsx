'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActForm } from '@/components/ui/act-form';
import { Checkbox } from '@/components/ui/checkbox';
import { TextInput } from '@/components/ui/text-input';
import type { ActResult } from '@/lib/forms/act-result';
import { signInSchema, type SignInInput } from './schema';

interface SignInFormProps {
  action: (input: SignInInput) => Promise<ActResult>;
  /** Where to go afterwards: a path of this site, language included. */
  next: string;
}

/** E-mail and password. */
export function SignInForm({ action, next }: SignInFormProps) {
  const t = useTranslations('signin');
  const [shown, setShown] = useState(false);
  return (
    <ActForm
      schema={signInSchema}
      action={action}
      // A whole load: every part of the page is another one for somebody who is signed in.
      onDone={() => window.location.assign(next)}
      submitLabel={t('submit')}
    >
      {({ error }) => (
        <>
          <TextInput
            name="email"
            type="email"
            label={t('email')}
            error={error('email')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <div>
            <TextInput
              name="password"
              type={shown ? 'text' : 'password'}
              label={t('password')}
              error={error('password')}
              autoComplete="current-password"
              autoCapitalize="none"
              spellCheck={false}
            />
            <Checkbox
              name="show"
              label={t('showPassword')}
              checked={shown}
              onChange={(event) => setShown(event.target.checked)}
            />
          </div>
        </>
      )}
    </ActForm>
  );
}
