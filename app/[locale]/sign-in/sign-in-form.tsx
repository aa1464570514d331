'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActForm } from '@/components/ui/act-form';
import { Checkbox } from '@/components/ui/checkbox';
import { TextInput } from '@/components/ui/text-input';
import { requestSignIn } from './request-sign-in';
import { signInSchema } from './schema';

/**
 * E-mail and password.
 * @param next where to go afterwards: a path of this site, language included
 */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('signin');
  const [shown, setShown] = useState(false);
  return (
    <ActForm
      schema={signInSchema}
      action={(input) => requestSignIn(input, (refusal) => t(`refused.${refusal}`))}
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
