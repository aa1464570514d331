import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  verify,
} from 'node:crypto';

/**
 * A slow, literal opener of the specification (public/spec/sealed-bids.md) on Node's cryptography alone: it shares no
 * code with lib/sealing, so that an error common to sealer and opener cannot hide.
 */
export interface LiteralInput {
  envelope: Buffer;
  /** JCS of the identity, as text. */
  identityJcs: string;
  tenderer: string;
  keySetHash: string;
  /** X25519 secrets by member. */
  secrets: { index: number; secret: Buffer }[];
}

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const hmac = (hash: string, key: Buffer, ...parts: Buffer[]) =>
  parts.reduce((h, p) => h.update(p), createHmac(hash, key)).digest();
const ascii = (text: string) => Buffer.from(text, 'ascii');
const byte = (value: number) => Buffer.from([value]);

/** RFC 5869 §2.3. */
function expand(hash: string, prk: Buffer, info: Buffer, length: number): Buffer {
  let block = Buffer.alloc(0);
  let out = Buffer.alloc(0);
  for (let i = 1; out.length < length; i++) {
    block = hmac(hash, prk, block, info, byte(i));
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

/** RFC 9180 §5 and §7, base mode, one message. */
function hpkeOpen(secret: Buffer, enc: Buffer, ciphertext: Buffer, info: Buffer, aad: Buffer): Buffer {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), enc]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const dh = diffieHellman({ privateKey, publicKey });

  const kem = Buffer.from('4b454d0020', 'hex');
  const suite = Buffer.from('48504b45002000010003', 'hex');
  const extract = (id: Buffer, salt: Buffer, label: string, ikm: Buffer) =>
    hmac('sha256', salt.length === 0 ? Buffer.alloc(32) : salt, ascii('HPKE-v1'), id, ascii(label), ikm);
  const labelled = (id: Buffer, prk: Buffer, label: string, context: Buffer, length: number) =>
    expand(
      'sha256',
      prk,
      Buffer.concat([byte(0), byte(length), ascii('HPKE-v1'), id, ascii(label), context]),
      length,
    );

  const empty = Buffer.alloc(0);
  const eae = extract(kem, empty, 'eae_prk', dh);
  const shared = labelled(kem, eae, 'shared_secret', Buffer.concat([enc, own]), 32);
  const schedule = Buffer.concat([
    byte(0),
    extract(suite, empty, 'psk_id_hash', empty),
    extract(suite, empty, 'info_hash', info),
  ]);
  const prk = extract(suite, shared, 'secret', empty);
  const key = labelled(suite, prk, 'key', schedule, 32);
  const nonce = labelled(suite, prk, 'base_nonce', schedule, 12);
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(aad, { plaintextLength: ciphertext.length - 16 });
  cipher.setAuthTag(ciphertext.subarray(-16));
  return Buffer.concat([cipher.update(ciphertext.subarray(0, -16)), cipher.final()]);
}

/** Carry-less product modulo 0x11b, by the schoolbook. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 8; bit++) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 14; bit >= 8; bit--) if ((product >> bit) & 1) product ^= 0x11b << (bit - 8);
  return product;
}

/** The quotient, found by trying all bytes. */
function divide(a: number, b: number): number {
  for (let q = 0; q < 256; q++) if (times(q, b) === a) return q;
  throw new Error('division by zero');
}

function interpolate(shares: { index: number; share: Buffer }[]): Buffer {
  return Buffer.from(
    Array.from({ length: 32 }, (_, at) =>
      shares.reduce((sum, { index, share }) => {
        const weight = shares
          .filter((other) => other.index !== index)
          .reduce((product, other) => times(product, divide(other.index, other.index ^ index)), 1);
        return sum ^ times(weight, share[at] ?? 0);
      }, 0),
    ),
  );
}

/** Opens with exactly the members given; throws where anything does not fit. */
export function openLiterally({ envelope, identityJcs, tenderer, keySetHash, secrets }: LiteralInput) {
  const context = sha256(identityJcs);
  if (!envelope.subarray(20, 52).equals(context)) throw new Error('context');
  const n = envelope[18] ?? 0;
  const payload = envelope.subarray(92 + 80 * n);
  const payloadHash = envelope.subarray(60, 92);
  if (!sha256(payload).equals(payloadHash)) throw new Error('payload hash');

  const info = Buffer.concat([ascii('tenderproof-share-v1\0'), context, Buffer.from(keySetHash, 'hex')]);
  const shares = secrets.map(({ index, secret }) => {
    const sealed = envelope.subarray(92 + 80 * (index - 1), 92 + 80 * index);
    const aad = `{"index":${index},"payload":"${payloadHash.toString('hex')}","tenderer":${JSON.stringify(tenderer)}}`;
    return {
      index,
      share: hpkeOpen(secret, sealed.subarray(0, 32), sealed.subarray(32), info, Buffer.from(aad)),
    };
  });
  const seed = interpolate(shares);

  const prk = hmac('sha256', ascii('tenderproof-envelope-v1'), seed);
  const derive = (label: string, length: number) =>
    expand('sha256', prk, Buffer.concat([ascii(`${label}\0`), context]), length);
  const salt = derive('payload-salt', 24);
  const label = ascii('tenderproof/chunked-encryption-1MiB@v1+AEAD_AES_256_GCM\0');
  const okm = expand('sha512', derive('payload-key', 32), Buffer.concat([label, salt, context]), 76);
  if (!payload.subarray(0, 56).equals(Buffer.concat([salt, okm.subarray(44)]))) throw new Error('commitment');
  const plain = openChunks(okm.subarray(0, 32), okm.subarray(32, 44), payload.subarray(56));

  const end = 4 + plain.readUInt32BE(0);
  const manifest = JSON.parse(plain.toString('utf8', 4, end)) as {
    files: { size: number; sha256: string }[];
  };
  let at = end;
  const files = manifest.files.map(({ size, sha256: digest }) => {
    const content = plain.subarray(at, at + size);
    if (sha256(content).toString('hex') !== digest) throw new Error('file digest');
    at += size;
    return content;
  });
  const zeros = Buffer.alloc(plain.length - at);
  const keystream = createCipheriv('chacha20', derive('padding', 32), Buffer.alloc(16)).update(zeros);
  if (!plain.subarray(at).equals(keystream)) throw new Error('padding');
  return { seed, manifest, files };
}

function openChunks(key: Buffer, baseNonce: Buffer, sealed: Buffer): Buffer {
  const full = 1024 * 1024 + 16;
  const parts: Buffer[] = [];
  for (let j = 0; j * full <= sealed.length; j++) {
    const chunk = sealed.subarray(j * full, (j + 1) * full);
    const nonce = Buffer.from(baseNonce);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ j) >>> 0, 8);
    const cipher = createDecipheriv('aes-256-gcm', key, nonce);
    cipher.setAuthTag(chunk.subarray(-16));
    parts.push(cipher.update(chunk.subarray(0, -16)), cipher.final());
  }
  return Buffer.concat(parts);
}

/** Section 11: whether this key signed this act, given as the text of its JCS. */
export function verifyLiterally(publicKey: string, actJcs: string, signature: string): boolean {
  const spki = Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex');
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, sha256('tenderproof-bid-act-v1\0', actJcs), key, Buffer.from(signature, 'hex'));
}

/** The Ed25519 public key of a secret, by RFC 8032. */
export function publicKeyLiterally(secret: string): string {
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex');
  const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
}
