import { describe, expect, it } from 'vitest';
import { readKit, targetOf, tenderOf } from '@/lib/browser/offline/read-kit';
import { envelopeName } from '@/lib/browser/offline/seal-offline';
import { DIVIDED, WHOLE } from '../bid/fixture';
import { KIT, keySet } from './fixture';

const kitFile = (content: string) => new File([content], 'sealing-kit.json');

describe('the kit that is chosen', () => {
  it('gives the tender, and to whom is sealed', async () => {
    const read = await readKit(kitFile(JSON.stringify(KIT)));
    if (!read.ok) throw new Error(read.code);
    expect(tenderOf(read.kit)).toEqual({ ...DIVIDED, bidsDue: KIT.bidsDue });
    const { chainId, contract, ocid, keysetHash: keyset } = KIT;
    expect(targetOf(read.kit, 'org-acme')).toEqual({
      ...{ registry: { chainId, contract }, ocid, tenderer: 'org-acme', keySet, keyset },
    });
  });

  it('is refused with a code where it is none, or cannot be read', async () => {
    const unreadable = kitFile('');
    unreadable.text = () => Promise.reject(new Error('NotReadableError'));
    expect(await readKit(unreadable)).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await readKit(kitFile('{'))).toMatchObject({ ok: false, code: 'not-json' });
    expect(await readKit(kitFile('{}'))).toMatchObject({ ok: false, code: 'not-kit' });
    const huge = kitFile('');
    Object.defineProperty(huge, 'size', { value: 2 ** 40 });
    huge.text = () => Promise.reject(new Error('was read'));
    expect(await readKit(huge)).toMatchObject({ ok: false, code: 'not-kit' });
  });
});

describe('the name of an envelope', () => {
  const envelope = { sha256: 'ab'.repeat(32), envelope: new Blob() };
  it.each([
    [DIVIDED, 'b', 'technical', 'lot-2-technical-abababab.envelope'],
    [WHOLE, '', '', 'bid-abababab.envelope'],
    [{ ...WHOLE, envelopes: 'two' }, '', 'financial', 'bid-financial-abababab.envelope'],
  ] as const)('says what it is of', (tender, lot, part, name) =>
    expect(envelopeName(tender, { ...envelope, lot, part })).toBe(name),
  );
});
