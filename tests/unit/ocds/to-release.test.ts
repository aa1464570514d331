import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson, type JsonObject } from '@/lib/ocds/json';
import { readPackage } from '@/lib/ocds/read-package';
import { releasePackage } from '@/lib/ocds/release-package';
import { releaseFrom } from '@/lib/ocds/to-release';
import { draftFromRelease } from '@/lib/ocds/to-draft';
import type { Process } from '@/lib/procedure/state';
import { DIVIDED, DIVIDED_STATES, dividedWith } from './divided';
import { DEFAULTS } from './fixtures';
import { LARGE, NOTICE, processWith } from './process';
import { RELEASE_SCHEMA } from './samples';

const options = { baseUrl: 'https://registry.example' };

function releaseOf(process: Process): JsonObject {
  const made = releaseFrom(process, options);
  if (!made) throw new Error('nothing is disclosed');
  return made;
}
const release = (count: number): JsonObject => releaseOf(processWith(count));
const plain = (value: JsonObject) => JSON.parse(writeJson(value)) as Record<string, unknown>;

/**
 * What the release schema of OCDS 1.1 demands of the parts that we write, in brief: stands in for the schema where that
 * is not at hand, and runs beside it where it is.
 */
const value = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'number' }, currency: { pattern: '^[A-Z]{3}$' } },
};
const ref = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const list = (items: object) => ({ type: 'array', minItems: 1, uniqueItems: true, items });
const entry = (properties: object, required: string[]) => ({
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'object', required, properties },
});
const BRIEF = {
  type: 'object',
  required: ['ocid', 'id', 'date', 'tag', 'initiationType', 'parties', 'buyer', 'tender'],
  properties: {
    tag: { type: 'array', minItems: 1, items: { enum: ['tender', 'award', 'contract'] } },
    initiationType: { enum: ['tender'] },
    parties: entry(
      { roles: { type: 'array', items: { enum: ['buyer', 'procuringEntity', 'tenderer', 'supplier'] } } },
      ['id', 'name', 'roles'],
    ),
    buyer: ref,
    tender: {
      type: 'object',
      required: ['id', 'items', 'value'],
      properties: {
        status: { enum: ['active', 'complete', 'unsuccessful'] },
        procurementMethod: { enum: ['open'] },
        awardCriteria: { enum: ['priceOnly', 'ratedCriteria'] },
        value,
        items: entry({ quantity: { type: 'number' }, relatedLot: { type: 'string' } }, ['id']),
        // Lots extension, v1.1.5.
        lots: entry({ title: { type: 'string' }, status: { enum: ['active', 'complete', 'unsuccessful'] } }, [
          'id',
        ]),
        numberOfTenderers: { type: 'integer' },
      },
    },
    awards: entry(
      {
        value,
        suppliers: { type: 'array', items: ref },
        status: { enum: ['pending', 'active'] },
        relatedLots: list({ type: 'string' }),
      },
      ['id'],
    ),
    contracts: entry({ value, status: { enum: ['active'] } }, ['id', 'awardID']),
  },
};

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^[a-z]+:\S+$/,
};

function validator(schema: object) {
  // Draft 4 (the schema's) names itself by `id`, which Ajv 8 calls `$id`; no other keyword that it uses differs.
  const { $schema: _draft, id: _id, ...rest } = schema as Record<string, unknown>;
  return new Ajv({ strict: false, allErrors: true, formats }).compile(rest);
}

const SCHEMAS: [string, object][] = [
  ['the brief schema', BRIEF],
  ...(RELEASE_SCHEMA ? [['OCDS 1.1.5', RELEASE_SCHEMA] as [string, object]] : []),
];

describe('the release of a process', () => {
  it.each(SCHEMAS)('is valid by %s at every state', (_name, schema) => {
    const validate = validator(schema);
    for (const count of [2, 3, 4, 5, 6]) {
      validate(plain(release(count)));
      expect(validate.errors, `${count} records`).toBeNull();
    }
  });

  it.each(SCHEMAS)('of two lots with two envelopes is valid by %s at every state', (_name, schema) => {
    const validate = validator(schema);
    for (const count of DIVIDED_STATES) {
      validate(plain(releaseOf(dividedWith(count))));
      expect(validate.errors, `${count} records`).toBeNull();
    }
  });

  it.each(SCHEMAS)('would be refused by %s without its ocid', (_name, schema) => {
    const { ocid: _ocid, ...rest } = plain(release(6));
    expect(validator(schema)(rest)).toBe(false);
  });

  it('writes amounts with every digit', () => {
    const text = writeJson(release(6));
    expect(text.match(/"amount": \d\S*\n/g)).toEqual(
      Array.from({ length: 4 }, () => `"amount": ${LARGE},\n`),
    );
    expect(text).toContain('"quantity": 12.5');
    expect(writeJson(readJson(text)[0] ?? null)).toBe(text);
  });

  it('is nothing before publication', () => {
    const published = processWith(2);
    expect(releaseFrom(processWith(1), options)).toBeNull();
    expect(releaseFrom({ ...published, chain: { ...published.chain, opening: null } }, options)).toBeNull();
  });

  it('grows with what is disclosed', () => {
    const states = [2, 3, 4, 5, 6].map((count) => {
      const { tag, tender, awards } = plain(release(count)) as {
        tag: string[];
        tender: { status: string; numberOfTenderers?: number };
        awards?: { status: string }[];
      };
      return [tag.join('+'), tender.status, tender.numberOfTenderers, awards?.[0]?.status];
    });
    expect(states).toEqual([
      ['tender', 'active', undefined, undefined],
      ['tender', 'active', 2, undefined],
      ['tender+award', 'complete', 2, 'pending'],
      ['tender+award', 'complete', 2, 'active'],
      ['tender+award+contract', 'complete', 2, 'active'],
    ]);
    expect(new Set([2, 3, 4, 5, 6].map((count) => release(count).id)).size).toBe(5);
  });

  it('names every organization once, links documents, ties the contract to its award', () => {
    const made = plain(release(6)) as never as {
      parties: { id: string; roles: string[] }[];
      tender: { documents: { url: string; language?: string }[]; contractPeriod: object };
      awards: { id: string }[];
      contracts: { awardID: string }[];
    };
    expect(made.parties.map((p) => [p.id, p.roles])).toEqual([
      ['ORG-1', ['buyer', 'procuringEntity', 'tenderer']],
      ['ORG-7', ['tenderer', 'supplier']],
    ]);
    expect(made.tender.documents[0]?.url).toBe(
      'https://registry.example/api/v1/documents/01900000-0000-7000-8000-000000000002/doc-0',
    );
    expect(made.tender.documents[1]).not.toHaveProperty('language');
    expect(made.contracts[0]?.awardID).toBe(made.awards[0]?.id);
  });

  it('comes back as a draft when it serves as a template', () => {
    const about = {
      uri: 'https://registry.example/p',
      publishedDate: '2026-06-01T00:00:00Z',
      publisher: 'Registry',
    };
    const read = readPackage(writeJson(releasePackage([release(6)], about)));
    if (!read.ok || !read.releases[0]) throw new Error('not read');
    const { draft } = draftFromRelease(read.releases[0], read.publisher, DEFAULTS);
    const { title, description, items, value: amount, contractPeriod, mainProcurementCategory } = NOTICE;
    expect(draft).toMatchObject({
      title,
      description,
      items,
      value: amount,
      contractPeriod,
      mainProcurementCategory,
    });
  });
});

describe('the release of two lots with two envelopes', () => {
  interface Release {
    tag: string[];
    tender: {
      status: string;
      lots: { id: string; title: string; description?: string; status: string }[];
      items: { id: string; relatedLot: string }[];
      numberOfTenderers?: number;
      submissionMethodDetails: string;
    };
    awards?: { id: string; title: string; status: string; relatedLots: string[] }[];
    contracts?: { awardID: string; title: string; items: { id: string; relatedLot: string }[] }[];
  }
  const made = (count: number) => plain(releaseOf(dividedWith(count))) as unknown as Release;

  it('names each lot, and the lot of each item', () => {
    const { tender } = made(2);
    expect(tender.lots).toEqual([
      { id: 'A', title: 'Wall', description: 'The wall.', status: 'active' },
      { id: 'B', title: 'Bollards', status: 'active' },
    ]);
    expect(tender.items.map((item) => [item.id, item.relatedLot])).toEqual(
      DIVIDED.items.map((item) => [item.id, item.relatedLot]),
    );
    expect(tender.submissionMethodDetails).toMatch(/two envelopes/i);
  });

  it('tells the state of each lot, and of the whole by that of its lots', () => {
    const states = DIVIDED_STATES.map((count) => {
      const { tag, tender } = made(count);
      return [tag.at(-1), tender.status, ...tender.lots.map((lot) => lot.status), tender.numberOfTenderers];
    });
    expect(states).toEqual([
      ['tender', 'active', 'active', 'active', undefined],
      ['tender', 'active', 'active', 'active', 2],
      // One tenderer of the second lot is new, one is known from the first.
      ['tender', 'active', 'active', 'active', 3],
      ['tender', 'active', 'active', 'active', 3],
      ['tender', 'active', 'active', 'unsuccessful', 3],
      ['tender', 'active', 'active', 'unsuccessful', 3],
      ['award', 'complete', 'complete', 'unsuccessful', 3],
      ['award', 'complete', 'complete', 'unsuccessful', 3],
      ['contract', 'complete', 'complete', 'unsuccessful', 3],
    ]);
  });

  it('ties award and contract to their lot', () => {
    const { awards, contracts } = made(10);
    expect(awards?.map((a) => [a.title, a.status, a.relatedLots])).toEqual([['Wall', 'active', ['A']]]);
    expect(contracts?.map((c) => [c.title, c.awardID])).toEqual([['Wall', awards?.[0]?.id]]);
    expect(contracts?.[0]?.items.map((item) => [item.id, item.relatedLot])).toEqual([['1', 'A']]);
  });

  it('says in its package which extension lots follow; a package without lots names none', () => {
    const about = {
      uri: 'https://registry.example/p',
      publishedDate: '2026-06-01T00:00:00Z',
      publisher: 'R',
    };
    const extensions = (of: JsonObject) =>
      (releasePackage([of], about) as JsonObject).extensions as string[] | undefined;
    expect(extensions(releaseOf(dividedWith(2)))).toEqual([expect.stringContaining('ocds_lots_extension')]);
    expect(extensions(release(2))).toBeUndefined();
  });

  it('is unsuccessful as a whole only when every lot is', () => {
    const process = dividedWith(6);
    const ended = process.filed.filter((f) => f.type === 'tender-unsuccessful');
    const none = {
      ...process,
      filed: [...process.filed, ...ended.map((f) => ({ ...f, unit: f.unit && { ...f.unit, lot: 'A' } }))],
    };
    const { tender } = plain(releaseOf(none)) as unknown as Release;
    expect([tender.status, ...tender.lots.map((lot) => lot.status)]).toEqual(Array(3).fill('unsuccessful'));
  });
});
