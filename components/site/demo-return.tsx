'use client';

import { usePathname } from 'next/navigation';

/** Where the form leads back to: the page that the visitor is on. */
export function DemoReturn() {
  return <input type="hidden" name="return" value={usePathname()} />;
}
