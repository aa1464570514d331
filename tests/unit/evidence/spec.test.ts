import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { evidenceSchema, parseEvidence } from '@/lib/evidence/format';
import { verifyEvidence } from '@/lib/evidence/verify';
import { STEP_IDS } from '@/lib/evidence/step';
import {
  evidenceValues,
  EXAMPLE,
  EXAMPLE_STATE,
  FILE_SHA256,
  logValues,
  recordValues,
  stateValues,
} from './spec-values';
import { headersOnly } from './state/with-state';
import { FILE, NOW, REGISTRY } from './world';

const spec = join(import.meta.dirname, '../../../public/spec');
const read = (name: string) => readFileSync(join(spec, name), 'utf8');

describe('the worked examples of the specification', () => {
  it.each([
    ['record.md', recordValues()],
    ['log.md', logValues()],
    ['evidence.md', { ...evidenceValues(), ...stateValues() }],
  ])('%s prints what the code makes', (name, values) => {
    const text = read(name);
    for (const [what, value] of Object.entries(values)) {
      expect(text.includes(value), `${name} lacks ${what}: ${value}`).toBe(true);
    }
  });

  it('evidence.md names every step in order', () => {
    const titles = [...read('evidence.md').matchAll(/^(\d+)\. `([a-z-]+)`/gm)].map(
      ([, n, id]) => `${n} ${id}`,
    );
    expect(titles).toEqual(STEP_IDS.map((id, i) => `${i + 1} ${id}`));
  });

  it('the example files are what the code makes, and verify', async () => {
    await expect(`${JSON.stringify(EXAMPLE.evidence, null, 2)}\n`).toMatchFileSnapshot(
      join(spec, 'example.evidence.json'),
    );
    await expect(new TextDecoder().decode(FILE)).toMatchFileSnapshot(join(spec, 'example-award-notice.txt'));
    const parsed = parseEvidence(read('example.evidence.json'));
    const result = await verifyEvidence({
      evidence: parsed.ok ? parsed.evidence : null,
      registry: REGISTRY,
      file: { sha256: FILE_SHA256, size: FILE.length },
      chain: EXAMPLE.chain,
      now: NOW,
    });
    expect(result.verdict.outcome).toBe('proven');
  });

  it('the example with storage proofs is what the code makes, and needs but blocks of a node', async () => {
    await expect(`${JSON.stringify(EXAMPLE_STATE.evidence, null, 2)}\n`).toMatchFileSnapshot(
      join(spec, 'example-state.evidence.json'),
    );
    const parsed = parseEvidence(read('example-state.evidence.json'));
    const result = await verifyEvidence({
      evidence: parsed.ok ? parsed.evidence : null,
      registry: REGISTRY,
      file: { sha256: FILE_SHA256, size: FILE.length },
      chain: headersOnly(EXAMPLE_STATE.chain),
      now: NOW,
    });
    expect(result.verdict.outcome).toBe('proven');
  });
});

describe('the JSON Schema of evidence', () => {
  const schema = {
    ...z.toJSONSchema(evidenceSchema, {
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ jsonSchema, path }) => {
        // The record's data is checked by a function; what a schema can say of it is that it is an object.
        if (path.at(-1) === 'data') Object.assign(jsonSchema, { type: 'object' });
      },
    }),
    title: 'Tenderproof evidence, version 1',
    description:
      'The shape of an evidence file. What makes it true is in evidence.md: a file may fit and prove nothing.',
  };

  it('is the published one', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      join(spec, 'evidence.schema.json'),
    );
  });

  it('accepts the example and refuses altered shapes', () => {
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(read('evidence.schema.json')) as object,
    );
    const { evidence } = EXAMPLE;
    expect(validate(evidence)).toBe(true);
    expect(validate({ ...evidence, extra: 1 })).toBe(false);
    expect(validate({ ...evidence, salt: 'A'.repeat(64) })).toBe(false);
    const record = { ...evidence.entry.record, data: [] };
    expect(validate({ ...evidence, entry: { ...evidence.entry, record } })).toBe(false);
  });
});
