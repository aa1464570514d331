import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Namespace } from './namespaces';

/**
 * Hands texts to the client components inside it: only the namespaces named, `ui` (which the primitives need), and,
 * if any are named, `errors.fields` (which forms need).
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
  // Where there is anything to fill in, the form says in words what a schema says in codes.
  const forms =
    namespaces.length > 0 && !wanted.has('errors') ? { errors: { fields: all.errors.fields } } : {};
  return <NextIntlClientProvider messages={{ ...picked, ...forms }}>{children}</NextIntlClientProvider>;
}
