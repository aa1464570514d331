import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Namespace } from './namespaces';

/**
 * Hands texts to the client components inside it: only the namespaces named, and `ui` (which the primitives need).
 * Server components read every namespace without it. A nested `<Messages>` replaces the outer one.
 */
export async function Messages({
  namespaces,
  children,
}: {
  namespaces: readonly Namespace[];
  children: ReactNode;
}) {
  const all = await getMessages();
  const wanted = new Set<Namespace>(['ui', ...namespaces]);
  const picked = Object.fromEntries([...wanted].map((namespace) => [namespace, all[namespace]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
