import { describe, expect, it } from 'vitest';
import type { PublishedRecord } from '@/lib/audit/sources';
import type { RecordType } from '@/lib/record/catalogue';
import {
  auditOf,
  chainStage,
  closedStage,
  erase,
  iso,
  keyData,
  NOW,
  OCID,
  officer,
  registry,
  regulator,
  wrong,
  type Cast,
  type Draft,
  type Registry,
} from './registry';

const FAR = 10 ** 12;

/** The registry with `row` among what it publishes; how its log is made stays as it was. */
const showing = (found: Registry, ...rows: PublishedRecord[]): Registry => ({
  ...found,
  published: { ...found.published, records: [...found.published.records, ...rows] },
});

describe('an honest registry', () => {
  it('is clean, erasure and all', async () => {
    expect(await wrong(registry())).toEqual([]);
    const { counts, clean } = await auditOf(registry(erasing()));
    expect({ clean, erased: counts.erased }).toEqual({ clean: true, erased: 1 });
  });

  it('may show a record that is sequenced after the checkpoint', async () => {
    const found = registry();
    const fresh = (index: number | null) => ({ ...newRecord({ time: iso(NOW / 1000) }), index });
    expect(await wrong(showing(found, fresh(600)))).toEqual([]);
    expect(await wrong(showing(found, fresh(null)))).toEqual([]);
  });
});

/** A record that no log has. */
function newRecord(draft: Draft = {}): PublishedRecord {
  let made: PublishedRecord | undefined;
  registry(({ filed }) => {
    made = filed.make('award', { ocid: OCID, data: { statement: 'never logged' }, ...draft });
    return [];
  });
  return made!;
}

describe('a record that is in no log', () => {
  const never = newRecord();
  it.each<[string, Partial<PublishedRecord>]>([
    ['has no index', { index: null }],
    ['has an index far beyond the log', { index: FAR }],
    ['has an index just beyond it', { index: 600 }],
    ['is promised for another century', { index: null, anchoredBy: '2190-01-01T00:00:00.000Z' }],
    ['is promised for no time at all', { index: FAR, anchoredBy: 'soon' }],
  ])('is named, though it %s', async (_what, lie) => {
    const row = { ...never, ...lie };
    expect(await wrong(showing(registry(), row))).toEqual([
      expect.objectContaining({ code: 'record-not-in-log', recordId: never.id }),
    ]);
  });

  it('is named when it is dated in the future, where no anchor can be due', async () => {
    const row = newRecord({ time: '2190-01-01T00:00:00.000Z' });
    for (const index of [null, FAR])
      expect(await wrong(showing(registry(), { ...row, index }))).toEqual([
        expect.objectContaining({ code: 'record-not-in-log', recordId: row.id }),
      ]);
  });

  it('is named among the records of no process', async () => {
    const found = registry();
    const lie = { ...found.registryRecords[0]!, index: FAR };
    const registryRecords = [lie, ...found.registryRecords.slice(1)];
    // It is in the log, only not there: the place is the lie.
    expect(await wrong({ ...found, registryRecords })).toEqual([
      expect.objectContaining({ code: 'entry-moved', recordId: lie.id }),
    ]);
  });

  it('is waited for, and not forgotten, whatever the word of change says', async () => {
    const row = newRecord({ time: iso(NOW / 1000) });
    const lying = showing(registry(), { ...row, index: FAR });
    const first = await auditOf(lying);
    expect(first.clean).toBe(true);
    const later = { ...lying, log: { ...lying.log, anchors: [...lying.log.anchors] } };
    later.log.anchors[1] = { ...later.log.anchors[1]!, time: NOW / 1000 + 10 * 86_400 };
    const options = { state: first.state, now: NOW + 10 * 86_400_000 };
    expect(await wrong(later, options)).toContainEqual(
      expect.objectContaining({ code: 'record-not-in-log', recordId: row.id }),
    );
  });
});

/** The contract, erased by an order; `lie` may change what is ordered, by whom, or what is published. */
function erasing(
  lie: {
    target?: (cast: Cast) => PublishedRecord;
    order?: (cast: Cast) => Draft;
    type?: RecordType;
    logged?: boolean;
    publish?: (rows: PublishedRecord[]) => PublishedRecord[];
  } = {},
) {
  return (cast: Cast): PublishedRecord[] => {
    const { filed, notice, bid, contract, keys } = cast;
    const target = lie.target?.(cast) ?? contract;
    const order = filed[lie.logged === false ? 'make' : 'file'](lie.type ?? 'erasure', {
      ocid: OCID,
      actor: regulator,
      signer: keys.regulator,
      data: {
        recordId: target.id,
        commitment: target.commitment,
        reason: 'personal-data',
        statement: '',
      },
      ...lie.order?.(cast),
    });
    const rows = [notice, bid, contract].map((row) => (row.id === target.id ? erase(row) : row));
    return (lie.publish ?? ((all) => all))([...rows, order]);
  };
}

describe('an erasure', () => {
  const forged = (seed: number) => new Uint8Array(32).fill(seed);
  it.each<[string, Parameters<typeof erasing>[0]]>([
    ['nobody signed the order', { order: () => ({ signer: undefined as never }) }],
    [
      'a key that was never registered signed it',
      { order: () => ({ signer: { seed: forged(9), key: 'ab'.repeat(32) } }) },
    ],
    [
      'another key signed it in the name of the registered one',
      { order: ({ keys }) => ({ signer: { seed: forged(9), key: keys.regulator.key } }) },
    ],
    ['somebody else signed it', { order: ({ keys }) => ({ signer: keys.officer }) }],
    [
      'it was ordered by who may not',
      { order: ({ keys }) => ({ actor: { ...officer }, signer: keys.officer }) },
    ],
    [
      'the order names another record',
      {
        order: ({ bid }) => ({
          data: { recordId: bid.id, commitment: bid.commitment, reason: 'personal-data', statement: '' },
        }),
      },
    ],
    [
      'the key was registered after the order',
      {
        order: ({ filed }) => {
          const late = filed.make('signing-key', { actor: regulator, data: keyData(forged(9)) });
          return { signer: { seed: forged(9), key: late.commitment } };
        },
      },
    ],
    ['the order is not published', { publish: (rows) => rows.filter(({ type }) => type !== 'erasure') }],
    ['the order is of another type', { type: 'award' }],
  ])('is named when %s', async (_what, lie) => {
    const found = registry(erasing(lie));
    const { id: recordId, index } = found.published.records.find(({ erased }) => erased)!;
    expect(await wrong(found)).toEqual([expect.objectContaining({ code: 'entry-missing', recordId, index })]);
  });

  it('is named when the order is not in the log, and so is the order', async () => {
    const found = registry(erasing({ logged: false }));
    const { id: recordId } = found.published.records.find(({ erased }) => erased)!;
    const order = found.published.records.at(-1)!;
    for (const index of [null, FAR]) {
      const records = found.published.records.map((row) => (row.id === order.id ? { ...row, index } : row));
      expect(await wrong({ ...found, published: { ...found.published, records } })).toEqual([
        expect.objectContaining({ code: 'record-not-in-log', recordId: order.id }),
        expect.objectContaining({ code: 'entry-missing', recordId }),
      ]);
    }
  });

  it('is named when what is gone is what the outcome is computed from', async () => {
    const found = registry(erasing({ target: ({ notice }) => notice }));
    expect(await wrong(found)).toContainEqual(
      expect.objectContaining({ code: 'entry-missing', recordId: found.published.records[0]?.id }),
    );
  });

  it('is named when the type that is stated is not of the stage that lists the leaf', async () => {
    const found = registry(erasing());
    const at = found.published.records.findIndex(({ erased }) => erased);
    const records = [...found.published.records];
    const row = records[at]!;
    for (const lie of [{ type: 'bid' }, { stage: 2 }]) {
      records[at] = { ...row, ...lie };
      expect(await wrong({ ...found, published: { ...found.published, records } })).toContainEqual(
        expect.objectContaining({ code: 'record-row-differs', recordId: row.id, field: 'stage' }),
      );
    }
    // Both at once agree with each other, and not with the list of the stage.
    const list = closedStage(found.log, 2, [row.index ?? 0]);
    records[at] = { ...row, type: 'publication-refused', stage: 0 };
    const stages = [...found.published.stages, list];
    found.stages.set('2/0', chainStage(list));
    expect(await wrong({ ...found, published: { ...found.published, records, stages } })).toContainEqual(
      expect.objectContaining({ code: 'stage-lists-foreign', recordId: row.id, stage: 2 }),
    );
  });

  it.each([null, FAR, 0])('is named when the leaf that stays is said to be at %s', async (index) => {
    const found = registry(erasing());
    const records = found.published.records.map((row) => (row.erased ? { ...row, index } : row));
    const { id: recordId } = records.find(({ erased }) => erased)!;
    const code = index === 0 ? 'entry-differs' : 'record-not-in-log';
    expect(await wrong({ ...found, published: { ...found.published, records } })).toContainEqual(
      expect.objectContaining({ code, recordId }),
    );
  });

  it('is named when the leaf is another one than an earlier audit saw', async () => {
    // The order names the commitment of another leaf, and so does the row.
    const order = ({ contract, keys }: Cast) => ({
      data: {
        recordId: contract.id,
        commitment: keys.officer.key,
        reason: 'personal-data',
        statement: '',
      },
    });
    let before: PublishedRecord[] = [];
    const found = registry((cast) => {
      const rows = erasing({ order })(cast);
      before = [cast.notice, cast.bid, cast.contract];
      const { keys, contract } = cast;
      const elsewhere = { ...erase(contract), index: 0, commitment: keys.officer.key };
      return rows.map((row) => (row.id === contract.id ? elsewhere : row));
    });
    const honest = { ...found, published: { ...found.published, records: before } };
    const { state, clean } = await auditOf(honest);
    const gone = found.published.records.find(({ erased }) => erased)!;
    expect({ clean, now: await wrong(found) }).toEqual({ clean: true, now: [] });
    expect(await wrong({ ...found, change: 'new' }, { state })).toEqual([
      expect.objectContaining({ code: 'entry-moved', recordId: gone.id, index: 4 }),
    ]);
  });

  it('is named when only the salt is gone', async () => {
    const found = registry(erasing());
    const { id: recordId } = found.published.records[0]!;
    for (const salt of [null, 'ab']) {
      const records = found.published.records.map((row) =>
        row.id === recordId ? { ...row, salt, erased: true } : row,
      );
      expect(await wrong({ ...found, published: { ...found.published, records } })).toContainEqual(
        expect.objectContaining({ code: 'entry-missing', recordId }),
      );
    }
  });

  it.each(['signing-key', 'contract'])(
    'of a signing key is always named, called a %s or not',
    async (type) => {
      const found = registry(erasing());
      const registryRecords = found.registryRecords.map((row, i) =>
        i === 0 ? { ...erase(row), type } : row,
      );
      expect(await wrong({ ...found, registryRecords })).toContainEqual(
        expect.objectContaining({ code: 'entry-missing', recordId: registryRecords[0]!.id }),
      );
    },
  );
});

describe('an audit that goes on, when the registry says that nothing changed', () => {
  it('names a stage that closed on chain since, with a list that is false or none', async () => {
    const found = registry();
    const { state } = await auditOf(found);
    found.stages.set('2/0', chainStage(closedStage(found.log, 2, [3])));
    expect(await wrong(found, { state })).toContainEqual(
      expect.objectContaining({ code: 'stage-list-missing', stage: 2 }),
    );
    const stages = [...found.published.stages, closedStage(found.log, 2, [5])];
    const lied = { ...found, published: { ...found.published, stages } };
    expect(await wrong(lied, { state })).toContainEqual(
      expect.objectContaining({ code: 'stage-root', stage: 2 }),
    );
  });

  it('looks again at a stage whose list was late', async () => {
    const found = registry();
    const { state } = await auditOf(found);
    found.stages.set('2/0', { ...chainStage(closedStage(found.log, 2, [3])), time: NOW / 1000 - 10 });
    const first = await auditOf(found, { state });
    expect(first.findings.map(({ code }) => code)).toEqual(['stage-list-late']);
    expect(await wrong(found, { state: first.state, now: NOW + 3_600_000 })).toContainEqual(
      expect.objectContaining({ code: 'stage-list-missing', stage: 2 }),
    );
  });

  it('names a changed entry within as many runs as there are parts', async () => {
    const found = registry();
    const { state } = await auditOf(found);
    const records = found.published.records.map((row) => ({ ...row, entry: '{}' }));
    const lied = { ...found, published: { ...found.published, records } };
    const named = await Promise.all(
      [0, 1, 2, 3].map((part) => wrong(lied, { state, slice: { part, parts: 4 } })),
    );
    expect(named.filter((list) => list.length > 0)).toHaveLength(1);
    expect(named.flat()).toContainEqual(
      expect.objectContaining({ code: 'entry-malformed', recordId: records[0]?.id }),
    );
  });

  it('checks nothing twice where nothing changed', async () => {
    const { state } = await auditOf(registry());
    expect((await auditOf(registry(), { state })).counts).toMatchObject({ hashed: 0, processes: 0 });
  });
});
