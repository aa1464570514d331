import './globals.css';
import type { ReactNode } from 'react';

/** The document is `[locale]`'s, which knows the language; this one only carries the styles. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return children;
}
