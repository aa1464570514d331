"""The cryptography that public/spec/evidence.md rests on, in Python's standard library alone and written from the standards:
RFC 8032 (Ed25519, verifying only), FIPS 202's permutation with the padding of Keccak (keccak-256), RFC 9162 (inclusion)."""

import functools
import hashlib

# RFC 8032, section 5.1: the curve edwards25519.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def _recover_x(y, sign):
    """RFC 8032, section 5.1.3, steps 2 to 4; None where there is no such point."""
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * SQRT_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def _add(a, b):
    """RFC 8032, section 5.1.4, in extended coordinates; complete, so it doubles too."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    p, q, r, s = f - e, h - g, h + g, f + e
    return (p * q % P, r * s % P, q * r % P, p * s % P)


def _multiply(scalar, point):
    product = IDENTITY
    while scalar:
        if scalar & 1:
            product = _add(product, point)
        point = _add(point, point)
        scalar >>= 1
    return product


def _same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _decode(data):
    """A point from its only encoding; None for anything else."""
    value = int.from_bytes(data, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    x = _recover_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = _decode(BASE_Y.to_bytes(32, "little"))


@functools.lru_cache(maxsize=4096)
def ed25519_verify(public_key, message, signature):
    """RFC 8032, section 5.1.7, as record.md has it: points in their only encoding, S below L, no key of small order, and the equation
    with the cofactor."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, r, s = _decode(public_key), _decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L or _same(_multiply(8, key), IDENTITY):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    return _same(_multiply(8 * s, BASE), _multiply(8, _add(r, _multiply(k, key))))


# Keccak, as Ethereum has it: rate 136, first padding byte 0x01.

MASK = 2**64 - 1


def _round_constants():
    """FIPS 202, section 3.2.5, by its shift register."""
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << (2**j - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


ROUND_CONSTANTS = _round_constants()


def _rotate(lane, by):
    by %= 64
    return (lane << by | lane >> (64 - by)) & MASK


def _permute(lanes):
    """Keccak-f[1600] on lanes[x][y]."""
    for constant in ROUND_CONSTANTS:
        columns = [row[0] ^ row[1] ^ row[2] ^ row[3] ^ row[4] for row in lanes]
        mixed = [columns[x - 1] ^ _rotate(columns[(x + 1) % 5], 1) for x in range(5)]
        lanes = [[lane ^ mixed[x] for lane in lanes[x]] for x in range(5)]
        x, y, moving = 1, 0, lanes[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            moving, lanes[x][y] = lanes[x][y], _rotate(moving, (t + 1) * (t + 2) // 2)
        lanes = [
            [lanes[x][y] ^ (~lanes[(x + 1) % 5][y] & lanes[(x + 2) % 5][y]) for y in range(5)] for x in range(5)
        ]
        lanes[0][0] ^= constant
    return lanes


@functools.lru_cache(maxsize=64)
def keccak256(data):
    rate = 136
    padded = bytearray(data + b"\1" + bytes(-(len(data) + 1) % rate))
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for at in range(0, len(padded), rate):
        for i in range(rate // 8):
            lanes[i % 5][i // 5] ^= int.from_bytes(padded[at + 8 * i : at + 8 * i + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lanes[i][0].to_bytes(8, "little") for i in range(4))


# log.md, sections 2 and 3.

HASHED = 32
LARGEST = 2**53 - 1


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(commitment):
    return sha256(b"\0" + commitment)


def verify_inclusion(leaf, index, size, root, proof):
    """RFC 9162, section 2.1.3.2, to the letter."""
    if not 0 <= index < size <= LARGEST or any(len(node) != HASHED for node in [leaf, root, *proof]):
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1" + p + r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root
