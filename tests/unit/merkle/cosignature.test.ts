import { createPublicKey, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddCheckpoint, parseAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '@/lib/merkle/checkpoint';
import {
  cosign,
  formatWitnessKey,
  parseWitnessKey,
  verifyCosignature,
  verifyCosignatures,
  witnessKey,
} from '@/lib/merkle/cosignature';
import { parseVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { fromHex, toHex } from '@/lib/record/hex';
import vector from '../../vectors/cosignature.json';
import { commitments } from './naive';

const SEED = fromHex(vector.witnessSeed, 32);
const KEY = parseWitnessKey(vector.witnessKey);
const OTHER = witnessKey('witness.example/w2', ed25519.getPublicKey(new Uint8Array(32).fill(9)));
const NOTE = `${vector.text}\n${vector.logLine}${vector.line}`;

/** The bytes of the cosignature's line, with one change. */
function altered(change: (bytes: Buffer) => void): string {
  const [, name = '', data = ''] = vector.line.trim().split(' ');
  const bytes = Buffer.from(data, 'base64');
  change(bytes);
  return `— ${name} ${bytes.toString('base64')}\n`;
}

const outcomeOf = (lines: string, keys = [KEY]) => {
  const checkpoint = parseCheckpoint(`${vector.text}\n${vector.logLine}${lines}`);
  return checkpoint && verifyCosignatures(checkpoint, keys);
};

describe('cosignatures (C2SP tlog-cosignature, version 1)', () => {
  it('are, byte for byte, what another implementation makes', () => {
    const made = cosign(vector.text, vector.name, SEED, vector.time);
    expect(made.line).toBe(vector.line);
    expect(formatWitnessKey(witnessKey(vector.name, ed25519.getPublicKey(SEED)))).toBe(vector.witnessKey);
    expect(outcomeOf(vector.line)).toMatchObject({
      ok: true,
      cosignatures: [{ name: vector.name, time: vector.time, line: vector.line }],
    });
  });

  it('verify with another implementation', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        (seed, time) => {
          const { line } = cosign(vector.text, 'w', seed, time);
          const bytes = Buffer.from(line.trim().split(' ')[2] ?? '', 'base64');
          const der = Buffer.concat([
            Buffer.from('302a300506032b6570032100', 'hex'),
            ed25519.getPublicKey(seed),
          ]);
          const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
          const message = Buffer.from(`cosignature/v1\ntime ${bytes.readBigUInt64BE(4)}\n${vector.text}`);
          expect(Number(bytes.readBigUInt64BE(4))).toBe(time);
          expect(verify(null, message, key, bytes.subarray(12))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('reads the line of the published example', () => {
    // From the specification itself: its key is not published, its key id and time are.
    const note = [
      'example.com/behind-the-sofa',
      '20852163',
      'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      '',
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
      '',
    ].join('\n');
    const [signature] = parseCheckpoint(note)?.signatures ?? [];
    expect(toHex(signature?.keyId ?? new Uint8Array())).toBe('8d66cf3f');
    expect(signature?.signature.length).toBe(72);
    expect(Buffer.from(signature?.signature ?? []).readBigUInt64BE(0)).toBe(1679315147n);
  });

  it('stand beside the log’s signature without disturbing it, and are no signature of a log', () => {
    expect(verifyCheckpoint(NOTE, parseVerifierKey(vector.logKey)).ok).toBe(true);
    const asLog = verifierKey(KEY.name, KEY.publicKey);
    expect(asLog.keyId).not.toEqual(KEY.keyId);
    expect(() => parseVerifierKey(vector.witnessKey)).toThrow(
      expect.objectContaining({ code: 'key-invalid' }),
    );
    expect(() => parseWitnessKey(vector.logKey)).toThrow(expect.objectContaining({ code: 'key-invalid' }));
  });

  it('of strangers are passed over; one by each known witness is found', () => {
    const second = cosign(vector.text, OTHER.name, new Uint8Array(32).fill(9), 5).line;
    expect(outcomeOf(second)).toEqual({ ok: true, cosignatures: [] });
    expect(outcomeOf(`${second}${vector.line}`, [KEY, OTHER])).toMatchObject({
      cosignatures: [{ name: KEY.name }, { name: OTHER.name }],
    });
    expect(outcomeOf(`${vector.line}${vector.line}`)).toMatchObject({ cosignatures: [{ name: KEY.name }] });
  });

  it.each([
    ['another time', altered((b) => void (b[11] = (b[11] ?? 0) ^ 1)), 'signature'],
    ['no time', altered((b) => void b.fill(0, 4, 12)), 'time'],
    ['a time beyond 2^63', altered((b) => void b.fill(255, 4, 12)), 'time'],
    ['an altered signature', altered((b) => void (b[40] = (b[40] ?? 0) ^ 1)), 'signature'],
  ])('with %s spoil the note', (_, line, fault) => {
    expect(outcomeOf(line)).toEqual({ ok: false, name: KEY.name, fault });
    expect(outcomeOf(`${vector.line}${line}`)).toMatchObject({ ok: false });
  });

  it('of another length, another text or another key do not verify', () => {
    const bytes = Buffer.from(vector.line.trim().split(' ')[2] ?? '', 'base64');
    const claim = (signature: Uint8Array) => ({ name: KEY.name, keyId: KEY.keyId, signature });
    const good = claim(bytes.subarray(4));
    expect(verifyCosignature(vector.text, good, KEY).ok).toBe(true);
    expect(verifyCosignature(vector.text, claim(bytes.subarray(4, 75)), KEY)).toMatchObject({
      fault: 'length',
    });
    expect(verifyCosignature(vector.text.replace('\n5\n', '\n6\n'), good, KEY)).toMatchObject({ ok: false });
    expect(verifyCosignature(vector.text, good, OTHER)).toMatchObject({ ok: false });
    // The log's own kind of signature, by the same key: made over another message.
    const plain = Buffer.concat([bytes.subarray(4, 12), ed25519.sign(Buffer.from(vector.text), SEED)]);
    expect(verifyCosignature(vector.text, claim(plain), KEY)).toMatchObject({ fault: 'signature' });
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('are not made for the time %s', (time) =>
    expect(() => cosign(vector.text, 'w', SEED, time)).toThrow(
      expect.objectContaining({ code: 'time-range' }),
    ),
  );
});

describe('requests to a witness (C2SP tlog-witness)', () => {
  const proof = commitments(3);
  const request = formatAddCheckpoint({ oldSize: 3, proof, note: NOTE });

  it('are the lines that the specification says', () => {
    const lines = request.split('\n');
    expect(lines.slice(0, 5)).toEqual(['old 3', ...proof.map((h) => Buffer.from(h).toString('base64')), '']);
    expect(lines.slice(5).join('\n')).toBe(NOTE);
    expect(parseAddCheckpoint(request)).toMatchObject({
      oldSize: 3,
      proof,
      note: NOTE,
      checkpoint: { size: 5 },
    });
    const first = formatAddCheckpoint({ oldSize: 0, proof: [], note: NOTE });
    expect(first.startsWith('old 0\n\nregistry')).toBe(true);
    expect(parseAddCheckpoint(first)).toMatchObject({ oldSize: 0, proof: [] });
  });

  it('hold up to 63 lines of proof', () => {
    const withLines = (n: number) => formatAddCheckpoint({ oldSize: 3, proof: commitments(n), note: NOTE });
    expect(parseAddCheckpoint(withLines(63))?.proof.length).toBe(63);
    expect(parseAddCheckpoint(withLines(64))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['no old size', request.slice(request.indexOf('\n') + 1)],
    ['a leading zero', request.replace('old 3', 'old 03')],
    ['a sign', request.replace('old 3', 'old +3')],
    ['two spaces', request.replace('old 3', 'old  3')],
    ['a size beyond 2^53', request.replace('old 3', 'old 9007199254740992')],
    ['windows line ends', request.replaceAll('\n', '\r\n')],
    ['a mark of the byte order', `\ufeff${request}`],
    ['no empty line', request.replace('\n\n', '\n')],
    ['a hash of 31 bytes', request.replace('\n\n', `\n${Buffer.alloc(31).toString('base64')}\n\n`)],
    ['a hash with stray bits', request.replace('\n\n', `\n${'A'.repeat(42)}B=\n\n`)],
    ['no checkpoint', 'old 3\n\n'],
    ['an unsigned checkpoint', `old 0\n\n${vector.text}`],
    ['a note that is no checkpoint', `old 0\n\nhello\n\n${vector.logLine}`],
    ['no final newline', request.slice(0, -1)],
  ])('are refused with %s', (_, text) => expect(parseAddCheckpoint(text)).toBeNull());

  it('are read or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(300), (noise, at) => {
        parseAddCheckpoint(noise);
        parseAddCheckpoint(request.slice(0, at) + noise + request.slice(at));
      }),
    );
    expect(parseAddCheckpoint(`old 0\n\n${'x\n'.repeat(100_000)}`)).toBeNull();
  });

  it('take a note with 16 signatures of the largest kind', () => {
    const large = `— pq.example ${Buffer.alloc(3500).toString('base64')}\n`;
    const note = `${signCheckpoint({ origin: 'a', size: 0, rootHash: new Uint8Array(32) }, SEED)}${large.repeat(16)}`;
    expect(parseAddCheckpoint(`old 0\n\n${note}`)?.checkpoint.signatures.length).toBe(17);
  });
});
