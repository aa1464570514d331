import { describe, expect, it } from 'vitest';
import { noticeDraftSchema, noticeSchema } from '@/lib/record/notice';
import { readPackage, type ReleaseChoice } from '@/lib/ocds/read-package';
import { draftFromRelease, emptyDraft } from '@/lib/ocds/to-draft';
import { DEFAULTS, FLAWED_PACKAGE } from './fixtures';
import { OWN_SAMPLES, SAMPLES } from './samples';

function choices(text: string): { publisher: string; releases: ReleaseChoice[] } {
  const result = readPackage(text);
  if (!result.ok) throw new Error(`${result.code} at ${result.path}`);
  return result;
}

function fromText(text: string, index = 0) {
  const { publisher, releases } = choices(text);
  const chosen = releases[index];
  if (!chosen) throw new Error('no such release');
  return draftFromRelease(chosen, publisher, DEFAULTS);
}

const withTender = (tender: object) =>
  fromText(JSON.stringify({ ocid: 'o', id: '1', tag: ['tender'], tender }));

describe('a draft from a release', () => {
  const { draft, left } = fromText(FLAWED_PACKAGE);

  it('takes text, value, items, period, language', () => {
    expect(draft).toMatchObject({
      title: 'Maintenance of a cutting machine',
      description: '',
      language: 'es',
      mainProcurementCategory: '',
      value: { amount: '99999999999999.9', currency: 'MXN' },
      currency: 'MXN',
      contractPeriod: { startDate: '2027-01-01', endDate: '2027-12-31' },
      bidsDue: '',
      template: { ocid: 'OCDS-EXAMPLE-024', releaseId: '01', publisher: 'Example City' },
    });
    expect(draft.items).toEqual([
      { id: '1', description: 'Preventive maintenance', quantity: '1', unit: 'SER' },
      {
        id: '2',
        description: 'Blades',
        quantity: '25',
        unit: 'C62',
        classification: { scheme: 'CPV', id: '42670000', description: '' },
      },
      { id: '3', description: '', quantity: '', unit: '' },
    ]);
  });

  it("puts the officer's own organization in place of the template's", () => {
    expect(draft.buyer).toEqual(DEFAULTS.organization);
    expect(draft.procuringEntity).toEqual(DEFAULTS.organization);
  });

  it('begins with price 60 and quality 40, with the words of the release', () => {
    expect(draft.criteria.map((c) => [c.kind, c.weight, c.description])).toEqual([
      ['price', 60, ''],
      ['quality', 40, 'Best offer in price, timeliness and quality.'],
    ]);
  });

  it('holds no person, no bidder, no link', () => {
    expect(JSON.stringify({ ...draft, rulePack: '' })).not.toMatch(
      /Ana|Juan|pedro|@|555-2500|Secret Bidder|https?:|FINANCE OFFICE/,
    );
  });

  it('takes lots with the items that belong to them; a single one is none', () => {
    const items = [
      { id: '1', description: 'Desk', quantity: 4, unit: { name: 'piece' }, relatedLot: 'L2' },
      { id: '2', description: 'Chair', quantity: 4, unit: { name: 'piece' }, relatedLot: 'L9' },
    ];
    const lots = [
      { id: 'L1', title: 'Chairs', status: 'active', value: { amount: 5, currency: 'EUR' } },
      { id: 'L2', title: 'Desks', description: 'Of oak.' },
      { id: 'L2', title: 'Again' },
    ];
    const taken = withTender({ lots, items });
    expect(taken.draft.lots).toEqual([
      { id: 'L1', title: 'Chairs', description: '' },
      { id: 'L2', title: 'Desks', description: 'Of oak.' },
    ]);
    expect(taken.draft.items.map((item) => item.relatedLot)).toEqual(['L2', undefined]);
    expect(taken.left.map((l) => [l.path, l.reason])).toEqual([
      ['$.tender.lots[0].value', 'no-field'],
      ['$.tender.lots[2].id', 'not-usable'],
      ['$.tender.items[1].relatedLot', 'not-usable'],
    ]);
    const single = withTender({ lots: lots.slice(1, 2), items: items.slice(0, 1) });
    expect(single.draft.lots).toEqual([]);
    expect(single.draft.items[0]?.relatedLot).toBeUndefined();
    expect(single.left).toEqual([]);
  });

  it('says of everything that it left out why', () => {
    const reasons = Object.fromEntries(left.map((l) => [l.path, l.reason]));
    expect(reasons).toEqual({
      '$.tender.items[0].unit.value': 'unit-price',
      '$.tender.items[2].quantity': 'quantity-not-exact',
      '$.tender.awardCriteria': 'not-usable',
      '$.tender.tenderPeriod': 'old-dates',
      '$.tender.submissionmethoddetails': 'no-field',
      '$.tender.numberOfTenderers': 'tenderers',
      '$.tender.tenderers': 'tenderers',
      '$.tender.procuringEntity': 'other-organization',
      '$.tender.procuringEntity.contactPoint': 'contact',
      '$.tender.documents': 'documents',
      '$.planning.documents': 'documents',
      '$.planning.budget': 'budget',
      '$.buyer': 'other-organization',
      '$.buyer.contactPoint': 'contact',
      '$.awards': 'results',
    });
  });

  it('takes what it can from a release without a tender', () => {
    const result = fromText(FLAWED_PACKAGE, 1);
    expect(result.left).toContainEqual({ path: '$.tender', reason: 'no-tender' });
    expect(result.draft.items).toEqual([]);
  });

  it.each<[string, object, string, object]>([
    [
      'an amount with three decimals',
      { amount: 1.005, currency: 'EUR' },
      'amount-not-exact',
      { amount: '', currency: 'EUR' },
    ],
    [
      'a negative amount',
      { amount: -5, currency: 'EUR' },
      'amount-not-exact',
      { amount: '', currency: 'EUR' },
    ],
    [
      'an amount of nothing',
      { amount: 0.0, currency: 'EUR' },
      'amount-missing',
      { amount: '', currency: 'EUR' },
    ],
    ['an amount without a currency', { amount: 5 }, 'currency-not-usable', { amount: '', currency: 'EUR' }],
    [
      'a currency that is none',
      { amount: 5, currency: '€' },
      'currency-not-usable',
      { amount: '', currency: 'EUR' },
    ],
  ])('leaves out %s', (_name, value, reason, expected) => {
    const result = withTender({ value });
    expect(result.draft.value).toEqual(expected);
    expect(result.left.map((l) => l.reason)).toContain(reason);
  });

  it('lets the price alone decide where the release says so', () => {
    expect(withTender({ awardCriteria: 'priceOnly' }).draft.criteria).toMatchObject([
      { kind: 'price', weight: 100 },
    ]);
  });

  it('keeps a closing time to come, to the whole second', () => {
    const tenderPeriod = { endDate: '2030-01-01T10:00:00.750+02:00' };
    expect(withTender({ tenderPeriod }).draft.bidsDue).toBe('2030-01-01T08:00:00.000Z');
  });

  it('cuts texts that are too long, never through a character, and says so', () => {
    const result = withTender({ title: `${'a'.repeat(299)}😀b`, description: 'x\u0000y \ud800 z' });
    expect(result.draft.title).toBe('a'.repeat(299));
    expect(result.left).toContainEqual({ path: '$.tender.title', reason: 'too-long' });
    expect(result.draft.description).toBe('x y   z');
  });

  it('gives every item an id of its own', () => {
    const ids = withTender({ items: [{ id: '2' }, { id: '2' }, { id: '2' }, { id: 3 }, {}] }).draft.items.map(
      (i) => i.id,
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('can be completed into a notice', () => {
    const { draft: start } = withTender({
      title: 'T',
      description: 'D',
      mainProcurementCategory: 'works',
      value: { amount: 10.5, currency: 'EUR' },
      items: [{ id: '1', description: 'I', quantity: 1, unit: { name: 'piece' } }],
    });
    const notice = { ...start, budget: { source: 'B' }, bidsDue: '2030-01-01T00:00:00.000Z' };
    expect(noticeSchema.safeParse(notice).error?.issues).toBeUndefined();
  });
});

describe('an empty draft', () => {
  it('has the shape that is saved', () => {
    expect(noticeDraftSchema.safeParse(emptyDraft(DEFAULTS)).success).toBe(true);
  });
});

describe('whole packages', () => {
  it.each(SAMPLES.map((s) => [s.name, s.text]))('%s gives drafts without people or links', (_name, text) => {
    const { publisher, releases } = choices(text);
    for (const chosen of releases) {
      const { draft, left } = draftFromRelease(chosen, publisher, DEFAULTS);
      expect(noticeDraftSchema.safeParse(draft).error?.issues).toBeUndefined();
      expect(JSON.stringify({ ...draft, rulePack: '' })).not.toMatch(/@|https?:\/\/|telephone|contactPoint/);
      if ('awards' in chosen.release) expect(left.map((l) => l.path)).toContain('$.awards');
    }
  });

  const PUMPS = {
    title: 'Three submersible pumps for the Weir Lane works',
    language: 'en',
    mainProcurementCategory: 'goods',
    value: { amount: '184500.5', currency: 'GBP' },
    contractPeriod: { startDate: '2027-05-01', endDate: '2028-04-30' },
    items: [
      { description: 'Submersible pump, 45 kW', quantity: '3', unit: 'piece' },
      { description: 'Installation and testing', quantity: '37.5', unit: 'hour' },
    ],
    criteria: [{ kind: 'price' }, { kind: 'quality' }],
  };
  const SHELVES = {
    title: '阅览室书架采购',
    language: 'zh',
    value: { amount: '268000', currency: 'CNY' },
    items: [{ description: '双面书架', quantity: '60', unit: '组' }],
    criteria: [{ kind: 'price', weight: 100 }],
  };

  it.each([
    ['planning-release-package.json', [{ title: '', items: [] }]],
    ['tender-release-package.json', [PUMPS]],
    ['award-release-package.json', [PUMPS, PUMPS]],
    ['record-package.json', [PUMPS, PUMPS]],
    ['chinese-release-package.json', [SHELVES]],
    ['packages-after-each-other.jsonl', [PUMPS, SHELVES]],
    ['bare-release.json', [PUMPS]],
  ])('%s gives these drafts, without tenderers, suppliers and their people', (name, expected) => {
    const { publisher, releases } = choices(OWN_SAMPLES.find((s) => s.name === name)?.text ?? '');
    const drafts = releases.map((chosen) => draftFromRelease(chosen, publisher, DEFAULTS).draft);
    expect(drafts).toMatchObject(expected);
    expect(JSON.stringify(drafts)).not.toMatch(
      /Oriel|Dunmore|Matthias|Elwood|林晓|555|Brightwater|Harrow|Tarnbrook Water|青石镇图书馆|171200/,
    );
  });
});
