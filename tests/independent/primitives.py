"""The cryptography that public/spec/sealed-bids.md names, in Python's standard library alone and written from the standards:
FIPS 197 (AES), SP 800-38D (GCM), RFC 8439 (ChaCha20, Poly1305), RFC 7748 (X25519), RFC 5869 (HKDF), RFC 9180 (HPKE).
Slow, and with tables indexed by secrets: for checking published openings, not for sealing bids."""

import hashlib
import hmac
import struct


class Refused(Exception):
    """A tag that does not verify."""


def hkdf_extract(hash_name, salt, key):
    return hmac.new(salt or bytes(hashlib.new(hash_name).digest_size), key, hash_name).digest()


def hkdf_expand(hash_name, prk, info, length):
    block, out = b"", b""
    for counter in range(1, 256):
        if len(out) >= length:
            break
        block = hmac.new(prk, block + info + bytes([counter]), hash_name).digest()
        out += block
    return out[:length]


# GF(2^8) with x^8 + x^4 + x^3 + x + 1, for AES and for Shamir's scheme.


def gf_multiply(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


GF_INVERSE = [0] * 256
for _a in range(1, 256):
    if not GF_INVERSE[_a]:
        _b = next(b for b in range(1, 256) if gf_multiply(_a, b) == 1)
        GF_INVERSE[_a], GF_INVERSE[_b] = _b, _a


def _sbox_byte(value):
    x = GF_INVERSE[value]
    turned = [(x << i | x >> (8 - i)) & 0xFF for i in range(5)]
    return turned[0] ^ turned[1] ^ turned[2] ^ turned[3] ^ turned[4] ^ 0x63


SBOX = [_sbox_byte(value) for value in range(256)]


def _column(value, shift):
    """MixColumns of a column with SubBytes(value) in the row `shift`, as a big-endian word."""
    s = SBOX[value]
    word = gf_multiply(s, 2) << 24 | s << 16 | s << 8 | gf_multiply(s, 3)
    return (word >> 8 * shift | word << (32 - 8 * shift)) & 0xFFFFFFFF


T0, T1, T2, T3 = ([_column(value, shift) for value in range(256)] for shift in range(4))


def aes256_key_schedule(key):
    words = list(struct.unpack(">8I", key))
    sub = lambda w: SBOX[w >> 24] << 24 | SBOX[w >> 16 & 255] << 16 | SBOX[w >> 8 & 255] << 8 | SBOX[w & 255]
    round_constant = 1
    for i in range(8, 60):
        word = words[i - 1]
        if i % 8 == 0:
            word = sub((word << 8 | word >> 24) & 0xFFFFFFFF) ^ round_constant << 24
            round_constant = gf_multiply(round_constant, 2)
        elif i % 8 == 4:
            word = sub(word)
        words.append(words[i - 8] ^ word)
    return words


def aes256_block(schedule, a, b, c, d):
    """Encrypts four big-endian words; gives 16 bytes."""
    w = schedule
    a, b, c, d = a ^ w[0], b ^ w[1], c ^ w[2], d ^ w[3]
    for i in range(4, 56, 4):
        a, b, c, d = (
            T0[a >> 24] ^ T1[b >> 16 & 255] ^ T2[c >> 8 & 255] ^ T3[d & 255] ^ w[i],
            T0[b >> 24] ^ T1[c >> 16 & 255] ^ T2[d >> 8 & 255] ^ T3[a & 255] ^ w[i + 1],
            T0[c >> 24] ^ T1[d >> 16 & 255] ^ T2[a >> 8 & 255] ^ T3[b & 255] ^ w[i + 2],
            T0[d >> 24] ^ T1[a >> 16 & 255] ^ T2[b >> 8 & 255] ^ T3[c & 255] ^ w[i + 3],
        )
    last = lambda p, q, r, s, k: (
        SBOX[p >> 24] << 24 | SBOX[q >> 16 & 255] << 16 | SBOX[r >> 8 & 255] << 8 | SBOX[s & 255]
    ) ^ k
    return struct.pack(
        ">4I", last(a, b, c, d, w[56]), last(b, c, d, a, w[57]), last(c, d, a, b, w[58]), last(d, a, b, c, w[59])
    )


class Aes256Gcm:
    """With 12-byte nonces and no additional data, as the payload uses it."""

    def __init__(self, key):
        self.schedule = aes256_key_schedule(key)
        power = int.from_bytes(aes256_block(self.schedule, 0, 0, 0, 0), "big")
        powers = []  # H times x^0, x^1, …; the first bit of a block is the coefficient of x^0
        for _ in range(128):
            powers.append(power)
            power = power >> 1 ^ (0xE1 << 120 if power & 1 else 0)
        self.tables = []
        for at in range(0, 128, 8):
            table = [0] * 256
            for byte in range(1, 256):
                low = byte & -byte
                table[byte] = table[byte ^ low] ^ powers[at + 8 - low.bit_length()]
            self.tables.append(table)

    def _counter_mode(self, nonce, data):
        a, b, c = struct.unpack(">3I", nonce)
        blocks = range(2, 2 + (len(data) + 15) // 16)
        stream = b"".join(aes256_block(self.schedule, a, b, c, counter) for counter in blocks)[: len(data)]
        return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")

    def _tag(self, nonce, ciphertext):
        value = 0
        lengths = struct.pack(">QQ", 0, 8 * len(ciphertext))
        padded = ciphertext + bytes(-len(ciphertext) % 16) + lengths
        for at in range(0, len(padded), 16):
            block = (value ^ int.from_bytes(padded[at : at + 16], "big")).to_bytes(16, "big")
            value = 0
            for table, byte in zip(self.tables, block):
                value ^= table[byte]
        mask = aes256_block(self.schedule, *struct.unpack(">3I", nonce), 1)
        return (value ^ int.from_bytes(mask, "big")).to_bytes(16, "big")

    def encrypt(self, nonce, plaintext):
        ciphertext = self._counter_mode(nonce, plaintext)
        return ciphertext + self._tag(nonce, ciphertext)

    def decrypt(self, nonce, sealed):
        ciphertext, tag = sealed[:-16], sealed[-16:]
        if len(sealed) < 16 or not hmac.compare_digest(tag, self._tag(nonce, ciphertext)):
            raise Refused
        return self._counter_mode(nonce, ciphertext)


def chacha20_stream(key, nonce, length, counter=0):
    out = b""
    while len(out) < length:
        start = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), counter]
        start += struct.unpack("<3I", nonce)
        x = list(start)

        def quarter(a, b, c, d):
            for p, q, r, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[p] = (x[p] + x[q]) & 0xFFFFFFFF
                mixed = x[r] ^ x[p]
                x[r] = (mixed << turn | mixed >> (32 - turn)) & 0xFFFFFFFF

        for _ in range(10):
            for i in range(4):
                quarter(i, i + 4, i + 8, i + 12)
            for i in range(4):
                quarter(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12)
        out += struct.pack("<16I", *((p + q) & 0xFFFFFFFF for p, q in zip(x, start)))
        counter += 1
    return out[:length]


def _chacha20_poly1305_tag(key, nonce, ciphertext, aad):
    one_time = chacha20_stream(key, nonce, 32)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    pad = lambda data: data + bytes(-len(data) % 16)
    message = pad(aad) + pad(ciphertext) + struct.pack("<QQ", len(aad), len(ciphertext))
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(one_time[16:], "little")) % 2**128).to_bytes(16, "little")


def _xor(data, stream):
    return bytes(p ^ q for p, q in zip(data, stream))


def chacha20_poly1305_encrypt(key, nonce, plaintext, aad):
    ciphertext = _xor(plaintext, chacha20_stream(key, nonce, len(plaintext), 1))
    return ciphertext + _chacha20_poly1305_tag(key, nonce, ciphertext, aad)


def chacha20_poly1305_decrypt(key, nonce, sealed, aad):
    ciphertext, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(tag, _chacha20_poly1305_tag(key, nonce, ciphertext, aad)):
        raise Refused
    return _xor(ciphertext, chacha20_stream(key, nonce, len(ciphertext), 1))


def x25519(scalar, u_bytes=(9).to_bytes(32, "little")):
    p = 2**255 - 19
    k = int.from_bytes(scalar, "little") & ~7 & (2**255 - 1) | 2**254
    u = int.from_bytes(u_bytes, "little") & (2**255 - 1)
    x2, z2, x3, z3 = 1, 0, u, 1
    for bit in range(254, -1, -1):
        swap = k >> bit & 1
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = (x2 + z2) % p, (x2 - z2) % p, (x3 + z3) % p, (x3 - z3) % p
        da, cb, aa, bb = d * a % p, c * b % p, a * a % p, b * b % p
        x3, z3 = (da + cb) ** 2 % p, u * (da - cb) ** 2 % p
        e = (aa - bb) % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


KEM = b"KEM" + bytes.fromhex("0020")
SUITE = b"HPKE" + bytes.fromhex("002000010003")


def _labeled_extract(suite, salt, label, key):
    return hkdf_extract("sha256", salt, b"HPKE-v1" + suite + label + key)


def _labeled_expand(suite, prk, label, info, length):
    return hkdf_expand("sha256", prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def _hpke_key(dh, enc, recipient, info):
    prk = _labeled_extract(KEM, b"", b"eae_prk", dh)
    shared = _labeled_expand(KEM, prk, b"shared_secret", enc + recipient, 32)
    context = b"\0" + _labeled_extract(SUITE, b"", b"psk_id_hash", b"") + _labeled_extract(SUITE, b"", b"info_hash", info)
    secret = _labeled_extract(SUITE, shared, b"secret", b"")
    return _labeled_expand(SUITE, secret, b"key", context, 32), _labeled_expand(SUITE, secret, b"base_nonce", context, 12)


def hpke_seal(recipient, ikm, info, aad, plaintext):
    """Base mode, one message, ephemeral key by DeriveKeyPair(ikm). Gives enc and ciphertext together."""
    ephemeral = _labeled_expand(KEM, _labeled_extract(KEM, b"", b"dkp_prk", ikm), b"sk", b"", 32)
    enc = x25519(ephemeral)
    key, nonce = _hpke_key(x25519(ephemeral, recipient), enc, recipient, info)
    return enc + chacha20_poly1305_encrypt(key, nonce, plaintext, aad)


def hpke_open(secret, sealed, info, aad):
    enc, ciphertext = sealed[:32], sealed[32:]
    key, nonce = _hpke_key(x25519(secret, enc), enc, x25519(secret), info)
    return chacha20_poly1305_decrypt(key, nonce, ciphertext, aad)
