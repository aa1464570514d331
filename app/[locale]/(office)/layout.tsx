import type { ReactNode } from 'react';
import { currentViewer } from '@/lib/server/session';
import { SignInFirst } from './sign-in-first';
import { Messages } from '@/lib/i18n/messages';

/** What signed-in people do. Rights are checked act by act, below; here only whether anybody is signed in. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  if (await currentViewer()) return children;
  return (
    <Messages namespaces={['office']}>
      <SignInFirst />
    </Messages>
  );
}
