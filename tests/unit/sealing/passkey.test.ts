import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createKeyFile,
  guardByPasskey,
  guardByPassphrase,
  openKeyFile,
  openKeyFileByPasskey,
  parseKeyFile,
  protectionOf,
} from '@/lib/browser/keys/key-file';
import { browserPasskey, passkeyCapability } from '@/lib/browser/keys/passkey';
import { directLock } from '@/lib/browser/keys/passphrase';
import { toHex } from '@/lib/record/hex';
import { authenticator } from './authenticator';
import { memberSeed } from './fixture';

const HOST = 'registry.example';
const passphrase = 'correct horse battery';
const byPassphrase = guardByPassphrase(passphrase, true, directLock);
const byPasskey = guardByPasskey(browserPasskey('key file', HOST));

/** The page is at this host, and this authenticator is at hand. */
function atHand(device: ReturnType<typeof authenticator>) {
  vi.stubGlobal('navigator', { credentials: device });
  return device;
}

afterEach(() => vi.unstubAllGlobals());

describe('a key file protected by a passkey', () => {
  it('opens with the passkey, after its owner was asked once for making and once for using it', async () => {
    const device = atHand(authenticator(HOST));
    const { text, key } = await createKeyFile(memberSeed(1), [byPasskey], false);
    expect(device.asked()).toBe(2);
    expect(text).not.toContain(toHex(memberSeed(1)));
    const file = parseKeyFile(text);
    const opened = await openKeyFileByPasskey(file, browserPasskey('key file', HOST));
    expect(opened.publicKey).toBe(key.publicKey);
    expect(device.asked()).toBe(3);
    await expect(openKeyFile(file, passphrase, directLock)).rejects.toMatchObject({ code: 'no-passphrase' });
  });

  it('carries both: each opens it alone, and says which it has', async () => {
    atHand(authenticator(HOST));
    const { text, key } = await createKeyFile(memberSeed(1), [byPasskey, byPassphrase], true);
    const file = parseKeyFile(text);
    expect(file.protections.map(({ kind }) => kind)).toEqual(['passkey', 'passphrase']);
    const opened = [
      await openKeyFile(file, passphrase, directLock),
      await openKeyFileByPasskey(file, browserPasskey('key file', HOST)),
    ];
    for (const one of opened) expect(one.publicKey).toBe(key.publicKey);
  });

  it('does not open without its passkey, on another device, another site, or when the owner refuses', async () => {
    atHand(authenticator(HOST));
    const { text } = await createKeyFile(memberSeed(1), [byPasskey], false);
    const file = parseKeyFile(text);
    const open = (host = HOST) => openKeyFileByPasskey(file, browserPasskey('key file', host));
    atHand(authenticator(HOST));
    await expect(open()).rejects.toMatchObject({ code: 'passkey-refused' });
    atHand(authenticator(HOST, { cancelled: true }));
    await expect(open()).rejects.toMatchObject({ code: 'passkey-refused' });
    atHand(authenticator('phishing.example'));
    await expect(open('phishing.example')).rejects.toMatchObject({ code: 'passkey-other-site' });
  });

  it('is not made by an authenticator without PRF, nor when the owner refuses', async () => {
    atHand(authenticator(HOST, { prf: false }));
    const made = () => createKeyFile(memberSeed(1), [byPasskey, byPassphrase], false);
    await expect(made()).rejects.toMatchObject({ code: 'passkey-unsupported' });
    atHand(authenticator(HOST, { cancelled: true }));
    await expect(made()).rejects.toMatchObject({ code: 'passkey-refused' });
  });

  it('is damaged when any part of it was altered', async () => {
    atHand(authenticator(HOST));
    const { text } = await createKeyFile(memberSeed(1), [byPasskey], false);
    const file = parseKeyFile(text);
    const passkey = protectionOf(file, 'passkey')!;
    const other = await createKeyFile(memberSeed(2), [byPasskey], false);
    const changes = [
      { age: 'nonsense' },
      { identity: 'AGE-PLUGIN-FIDO2PRF-1NONSENSE' },
      { identity: '' },
      // One character of the last line but one, in the ciphertext.
      { age: passkey.age.replace(/\n.(?=[^\n]*\n[^\n]*\n-----END)/, (c) => (c === '\nA' ? '\nB' : '\nA')) },
      // Another file's ciphertext under this passkey, and another file's whole protection under this public key.
      { age: protectionOf(parseKeyFile(other.text), 'passkey')!.age },
      protectionOf(parseKeyFile(other.text), 'passkey')!,
    ];
    for (const change of changes) {
      const altered = { ...file, protections: [{ ...passkey, ...change }] };
      await expect(
        openKeyFileByPasskey(altered, browserPasskey('key file', HOST)),
        JSON.stringify(change),
      ).rejects.toMatchObject({ code: 'file-damaged' });
    }
  });
});

describe('the form of a key file', () => {
  it('of version 1 is read as one with a passphrase', async () => {
    const { text, key } = await createKeyFile(memberSeed(1), [byPassphrase], true);
    const { age } = protectionOf(parseKeyFile(text), 'passphrase')!;
    const old = { format: 'tenderproof-keyfile/1', demonstration: true, publicKey: key.publicKey, age };
    const opened = await openKeyFile(parseKeyFile(JSON.stringify(old)), passphrase, directLock);
    expect(opened.publicKey).toBe(key.publicKey);
  });

  it('has one to two protections, of different kinds that are known, with nothing more or less', async () => {
    const { text } = await createKeyFile(memberSeed(1), [byPassphrase], true);
    const file = JSON.parse(text) as object;
    const age = 'a';
    const damaged = [
      [],
      'passphrase',
      [
        { kind: 'passphrase', age },
        { kind: 'passphrase', age },
      ],
      [{ kind: 'passkey', age }],
      [{ kind: 'passphrase', age, identity: '' }],
      [{ kind: 'plain', age }],
      [{ kind: 'passkey', age, identity: 1 }],
      [null],
    ];
    for (const protections of damaged)
      expect(() => parseKeyFile(JSON.stringify({ ...file, protections }))).toThrow(
        expect.objectContaining({ code: 'file-damaged' }),
      );
    for (const change of [{ format: 'tenderproof-keyfile/3' }, { age }])
      expect(() => parseKeyFile(JSON.stringify({ ...file, ...change }))).toThrow(
        expect.objectContaining({ code: 'not-a-key-file' }),
      );
  });
});

describe('whether a passkey can protect files here', () => {
  const browser = (capabilities?: object) => {
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal(
      'PublicKeyCredential',
      capabilities === undefined ? {} : { getClientCapabilities: async () => capabilities },
    );
  };

  it('is said by the browser, by its silence left open, and ruled out where WebAuthn cannot be', async () => {
    expect(await passkeyCapability(HOST)).toBe('absent');
    browser({ 'extension:prf': true });
    expect(await passkeyCapability(HOST)).toBe('available');
    expect(await passkeyCapability('localhost')).toBe('available');
    expect(await passkeyCapability('127.0.0.1')).toBe('absent');
    expect(await passkeyCapability('[::1]')).toBe('absent');
    vi.stubGlobal('isSecureContext', false);
    expect(await passkeyCapability(HOST)).toBe('absent');
    browser({ 'extension:prf': false });
    expect(await passkeyCapability(HOST)).toBe('absent');
    browser({});
    expect(await passkeyCapability(HOST)).toBe('unknown');
    browser();
    expect(await passkeyCapability(HOST)).toBe('unknown');
  });
});
