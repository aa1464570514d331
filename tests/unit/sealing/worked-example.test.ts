import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workedExample } from './worked-example';

const specification = readFileSync(new URL('../../../public/spec/sealed-bids.md', import.meta.url), 'utf8');

describe('the worked example of the specification', () => {
  it('is what the code produces', async () => {
    const block = /<!-- worked example -->\s*```json\n([\s\S]*?)\n```/.exec(specification)?.[1];
    expect(JSON.parse(block ?? 'null')).toEqual(await workedExample());
  });
});
