import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWords } from '@/lib/cli/verify-words';
import { verifyEvidence } from '@/lib/evidence/verify';
import { STATE_BLOCK, withState } from '../evidence/state/with-state';
import { FILE, NOW, REGISTRY, world } from '../evidence/world';

const file = { sha256: createHash('sha256').update(FILE).digest('hex'), size: FILE.length };
const { evidence, chain } = withState(world(file.sha256));

describe('what the command prints', () => {
  it.each(['en', 'zh'] as const)(
    'shows the block to compare where no node was asked (%s)',
    async (locale) => {
      const asked = { evidence, registry: REGISTRY, file, now: NOW };
      const { lines } = verifyWords(locale);
      const { hash } = (await chain.blockByNumber(STATE_BLOCK))!;
      const without = lines(await verifyEvidence({ ...asked, chain: null }), true).join('\n');
      expect(without).toContain(hash);
      expect(without).toMatch(/^ +· 11\. /m);
      expect(without).not.toContain('–');
      const withNode = lines(await verifyEvidence({ ...asked, chain }), true).join('\n');
      expect(withNode).toMatch(/^ +✓ 11\. /m);
      expect(withNode).not.toContain(hash);
    },
  );
});
