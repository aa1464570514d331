import type { KeptTexts } from '../single-file/messages';
import { buildPage } from '../single-file/page';

/** The texts that the verifier shows. A test that walks through it in both languages fails when one is missing. */
export const VERIFIER_TEXTS: KeptTexts = {
  verifier: ['title', 'lead', 'footer', 'trust', 'files', 'nodes', 'code', 'path'],
  common: ['stage'],
  verify: [
    ...['print', 'clear', 'results', 'progress', 'registry', 'verdict', 'secret', 'receipt'],
    ...['notEvidence', 'notReceipt', 'steps', 'path', 'step', 'code', 'compared', 'role', 'type', 'announce'],
  ],
};

/**
 * The citizen's verifier as one HTML file. Of itself it speaks to nobody: the policy leaves it the nodes that its reader
 * names, whose addresses nobody can know beforehand.
 * @param root folder of the repository
 */
export function buildVerifier(root = process.cwd()): Promise<string> {
  return buildPage(
    {
      id: 'verifier',
      entry: 'lib/browser/offline-verifier/main.ts',
      kept: VERIFIER_TEXTS,
      connect: 'http: https:',
      withoutScript: [
        'The verifier needs a current browser with JavaScript.',
        '核验工具需要启用 JavaScript 的新版浏览器。',
      ],
    },
    root,
  );
}
