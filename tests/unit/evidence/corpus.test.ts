import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus, type Corpus } from './corpus';

const file = join(import.meta.dirname, '../../../public/spec/vectors/evidence.json');

describe('the published samples of evidence', () => {
  it('are what this verifier answers, sample by sample (WRITE_SAMPLES=1 writes them anew)', async () => {
    const made = await corpus();
    if (process.env.WRITE_SAMPLES === '1') writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`);
    const published = JSON.parse(readFileSync(file, 'utf8')) as Corpus;
    expect(published.registry).toEqual(made.registry);
    expect(published.samples.map(({ name }) => name)).toEqual(made.samples.map(({ name }) => name));
    for (const [i, sample] of made.samples.entries()) expect(published.samples[i]).toEqual(sample);
  });

  it('have good ones, forgeries of every step that needs no chain, and nothing forged that passes', () => {
    const { samples } = JSON.parse(readFileSync(file, 'utf8')) as Corpus;
    const forged = samples.filter(({ outcome }) => outcome === 'refuted');
    expect(samples.length - forged.length).toBeGreaterThan(5);
    expect(forged.length).toBeGreaterThan(60);
    expect(forged.filter(({ failing }) => failing.length === 0)).toEqual([]);
    const steps = new Set(forged.flatMap(({ failing }) => failing.map(({ step }) => step)));
    for (const step of [
      'registry',
      'file',
      'commitment',
      'signatures',
      'log',
      'checkpoint',
      'anchor',
      'stage',
      'order',
      'state',
    ])
      expect(steps).toContain(step);
  });
});
