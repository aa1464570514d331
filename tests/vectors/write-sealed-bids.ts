import { readFileSync, writeFileSync } from 'node:fs';
import { vectorsText } from '../unit/sealing/vectors/build';
import { workedExample } from '../unit/sealing/worked-example';

/**
 * Writes public/spec/vectors/sealed-bids.json and the worked example of public/spec/sealed-bids.md, always the same:
 * `npx tsx tests/vectors/write-sealed-bids.ts`. A unit test fails when they are not what the code makes.
 */
const spec = (name: string) => new URL(`../../public/spec/${name}`, import.meta.url);

writeFileSync(spec('vectors/sealed-bids.json'), await vectorsText());
const example = JSON.stringify(await workedExample(), null, 2);
const text = readFileSync(spec('sealed-bids.md'), 'utf8');
const block = /(<!-- worked example -->\s*```json\n)[\s\S]*?(\n```)/;
writeFileSync(spec('sealed-bids.md'), text.replace(block, (_, before: string, after: string) => before + example + after));
