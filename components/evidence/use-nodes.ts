'use client';

import { useMemo, useState } from 'react';
import { readNodes } from '@/lib/browser/verify/ask-nodes';
import { keptNodes } from '@/lib/browser/verify/pin-store';

/** Kept instead of an empty text, which would read as if nothing had been kept: the reader wants no node asked. */
const NONE = '\n';

/** The nodes that are asked about the chain: those that the reader named at an earlier visit, or the registry's own. */
export function useNodes(ownNode: string | null) {
  const [text, setText] = useState(() => keptNodes.read() || (ownNode ?? ''));
  const named = useMemo(() => readNodes(text), [text]);
  const change = (next: string): void => {
    setText(next);
    keptNodes.keep(next === '' ? NONE : next);
  };
  return { text: text === NONE ? '' : text, named, change };
}
