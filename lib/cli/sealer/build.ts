import type { KeptTexts } from '../single-file/messages';
import { buildPage } from '../single-file/page';

/** The texts that the offline sealer shows. A test that walks through it in both languages fails when one is missing. */
export const SEALER_TEXTS: KeptTexts = {
  sealer: 'all',
  ui: 'all',
  bidDraft: ['errors'],
  sealing: ['errors', 'fingerprint', 'key'],
  bid: [
    ...['toBid', 'toTasks', 'continue', 'tasks', 'eligibility', 'declaration', 'partners', 'lots', 'prices'],
    ...['files', 'review', 'seal', 'recovery', 'work', 'errors'],
  ],
};

/** The offline sealer as one HTML file, which speaks to nobody. @param root folder of the repository */
export function buildSealer(root = process.cwd()): Promise<string> {
  return buildPage(
    {
      id: 'sealer',
      entry: 'components/sealing/offline/main.tsx',
      kept: SEALER_TEXTS,
      connect: "'none'",
      withoutScript: [
        'The offline sealer needs a current browser with JavaScript.',
        '离线密封工具需要启用 JavaScript 的新版浏览器。',
      ],
    },
    root,
  );
}
