import { describe, expect, it } from 'vitest';
import { statedDigest, withDigests } from '@/lib/cli/single-file/readme';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];
const README = `# A\n\n\`\`\`\n${a}  tenderproof-verifier.html\n${b}  tenderproof-sealer.html\n\`\`\`\n\nsealer ${a}\n`;

describe('the digests in README', () => {
  it('are found, and changed in their place alone', () => {
    expect(statedDigest(README, 'tenderproof-verifier.html')).toBe(a);
    expect(statedDigest(README, 'tenderproof-sealer.html')).toBe(b);
    const digests = { 'tenderproof-verifier.html': c, 'tenderproof-sealer.html': d } as const;
    const changed = withDigests(README, digests);
    expect(changed).toBe(
      README.replace(`${a}  tenderproof`, `${c}  tenderproof`).replace(
        `${b}  tenderproof`,
        `${d}  tenderproof`,
      ),
    );
    expect(withDigests(changed, digests)).toBe(changed);
  });

  it.each([
    ['no line', README.replace('tenderproof-verifier.html', 'tenderproof-verifier-html')],
    ['two lines', `${README}${a}  tenderproof-verifier.html\n`],
    ['something that is no digest', README.replace(a, a.slice(1))],
  ])('are not guessed where there is %s', (_what, readme) => {
    expect(() => statedDigest(readme, 'tenderproof-verifier.html')).toThrow('instead of one');
    const digests = { 'tenderproof-verifier.html': c, 'tenderproof-sealer.html': d } as const;
    expect(() => withDigests(readme, digests)).toThrow('tenderproof-verifier.html');
  });
});
