"""Opens a sealed bid of Tenderproof, or seals it again, from public/spec/sealed-bids.md alone: no code is shared with the
registry, and nothing but Python's standard library is needed. Anybody can check a published opening with it:

    python3 open_bid.py opening.json sealed.envelope [folder for its files]

where opening.json is {"identity", "keySet", "envelopeHash", "seed"}, the seed being the one published at the opening."""

import hashlib
import itertools
import json
import pathlib
import sys

from bid_package import Invalid, jcs, read_package, require, write_package
from primitives import (
    GF_INVERSE,
    Aes256Gcm,
    Refused,
    chacha20_stream,
    gf_multiply,
    hkdf_expand,
    hkdf_extract,
    hpke_open,
    hpke_seal,
)

MAGIC = b"TENDERPROOF-ENV1"
PURPOSES = ("bid", "rehearsal")
SHARE_INFO = {"bid": b"tenderproof-share-v1\0", "rehearsal": b"tenderproof-rehearsal-v1\0"}
CHUNK = 1024 * 1024
IDENTITY_KEYS = ("chainId", "contract", "ocid", "lot", "part", "tenderer", "keyset")


class Undecided(Exception):
    """Nothing can be said yet; its argument is the reason."""


def sha256(data):
    return hashlib.sha256(data).digest()


class EnvelopeKeys:
    """Section 5 and the keys of section 7: what follows from the seed."""

    def __init__(self, seed, identity, k):
        self.seed = seed
        self.context = sha256(jcs({key: identity[key] for key in IDENTITY_KEYS}).encode())
        self.prk = hkdf_extract("sha256", b"tenderproof-envelope-v1", seed)
        self.salt = self._derive(b"payload-salt", 24)
        coefficients = self._derive(b"shamir-coefficients", 32 * (k - 1))
        self.coefficients = [coefficients[at : at + 32] for at in range(0, len(coefficients), 32)]
        info = b"tenderproof/chunked-encryption-1MiB@v1+AEAD_AES_256_GCM\0" + self.salt + self.context
        message = hkdf_expand("sha512", self._derive(b"payload-key", 32), info, 76)
        self.aead_key, self.base_nonce, self.commitment = message[:32], message[32:44], message[44:]
        self.prefix = self.salt + self.commitment

    def _derive(self, label, length, suffix=b""):
        return hkdf_expand("sha256", self.prk, label + b"\0" + self.context + suffix, length)

    def ekm(self, index):
        return self._derive(b"hpke-ekm", 32, bytes([index]))

    def padding(self, length):
        return chacha20_stream(self._derive(b"padding", 32), bytes(12), length)

    def nonce(self, chunk):
        return (int.from_bytes(self.base_nonce, "big") ^ chunk).to_bytes(12, "big")

    def share(self, index):
        """Section 8: f(index), byte by byte, by Horner's rule."""
        values = []
        for at, constant in enumerate(self.seed):
            value = 0
            for coefficient in reversed(self.coefficients):
                value = gf_multiply(value ^ coefficient[at], index)
            values.append(value ^ constant)
        return bytes(values)


def combine(shares):
    """f(0) from (index, bytes) pairs by Lagrange's formula."""
    total = bytes(32)
    for index, share in shares:
        weight = 1
        for other, _ in shares:
            if other != index:
                weight = gf_multiply(weight, gf_multiply(other, GF_INVERSE[other ^ index]))
        total = bytes(p ^ gf_multiply(weight, q) for p, q in zip(total, share))
    return total


def share_binding(purpose, identity, context, payload_hash, index):
    info = SHARE_INFO[purpose] + context + bytes.fromhex(identity["keyset"])
    aad = jcs({"index": index, "payload": payload_hash.hex(), "tenderer": identity["tenderer"]})
    return info, aad.encode()


def build_header(keys, purpose, identity, key_set, payload_length, payload_hash):
    header = MAGIC + bytes([PURPOSES.index(purpose), key_set["k"], key_set["n"], 0])
    header += keys.context + payload_length.to_bytes(8, "big") + payload_hash
    for member in key_set["members"]:
        index = member["index"]
        info, aad = share_binding(purpose, identity, keys.context, payload_hash, index)
        header += hpke_seal(bytes.fromhex(member["x25519"]), keys.ekm(index), info, aad, keys.share(index))
    return header


def seal_payload(keys, plain):
    cipher = Aes256Gcm(keys.aead_key)
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain) + 1, CHUNK)]
    return keys.prefix + b"".join(cipher.encrypt(keys.nonce(j), chunk) for j, chunk in enumerate(chunks))


def open_payload(keys, payload):
    cipher = Aes256Gcm(keys.aead_key)
    sealed = payload[len(keys.prefix) :]
    chunks = [sealed[at : at + CHUNK + 16] for at in range(0, len(sealed), CHUNK + 16)]
    try:
        return b"".join(cipher.decrypt(keys.nonce(j), chunk) for j, chunk in enumerate(chunks))
    except Refused:
        raise Invalid("payload-altered") from None


def seal(purpose, identity, key_set, seed, manifest_bytes, files):
    """The one envelope that this seed and content give."""
    keys = EnvelopeKeys(seed, identity, key_set["k"])
    payload = seal_payload(keys, write_package(manifest_bytes, files, keys.padding))
    return build_header(keys, purpose, identity, key_set, len(payload), sha256(payload)) + payload


def read_header(envelope, purpose, identity, key_set):
    """Steps 2 and 3 of section 10. Gives header and payload."""
    require(len(envelope) >= 92 and envelope[:16] == MAGIC, "envelope-shape")
    require(envelope[16] < len(PURPOSES) and envelope[19] == 0, "envelope-shape")
    k, n = envelope[17], envelope[18]
    require(1 <= k <= n <= 16, "threshold-range")
    header, payload = envelope[: 92 + 80 * n], envelope[92 + 80 * n :]
    stated = int.from_bytes(envelope[52:60], "big")
    require(len(header) == 92 + 80 * n and len(payload) == stated, "envelope-length")
    last_chunk = (stated - 56) % (CHUNK + 16)
    require(stated >= 56 + 16 and last_chunk >= 16, "envelope-length")
    require(PURPOSES[envelope[16]] == purpose, "envelope-other-purpose")
    context = sha256(jcs({key: identity[key] for key in IDENTITY_KEYS}).encode())
    require(envelope[20:52] == context, "envelope-other-context")
    require((k, n) == (key_set["k"], key_set["n"]), "envelope-other-threshold")
    require(sha256(payload) == envelope[60:92], "payload-hash")
    return header, payload


def usable_shares(shares, n):
    usable = {}
    for index, share in shares:
        if 1 <= index <= n and len(share) == 32:
            usable.setdefault(index, share)
    return usable


def find_seed(header, payload, purpose, identity, key_set, shares, given):
    """Step 4."""
    k = key_set["k"]
    usable = usable_shares(shares, key_set["n"])
    candidates = ([given] if given is not None else []) + [
        combine(subset) for subset in itertools.combinations(usable.items(), k)
    ]
    candidates = [EnvelopeKeys(seed, identity, k) for seed in dict.fromkeys(candidates)]
    for keys in candidates:
        if payload.startswith(keys.prefix):
            return keys
    for keys in candidates:
        if build_header(keys, purpose, identity, key_set, len(payload), header[60:92]) == header:
            return keys
    if given is not None:
        raise Undecided("seed-does-not-fit")
    raise Undecided("shares-missing" if len(usable) < k else "shares-do-not-combine")


def open_envelope(envelope, recorded_hash, purpose, identity, key_set, shares=(), seed=None):
    """Section 10. Gives the outcome in the form of the published vectors' `expected`."""
    keys, blamed = None, []
    try:
        if sha256(envelope).hex() != recorded_hash:
            raise Undecided("not-the-recorded-envelope")
        header, payload = read_header(envelope, purpose, identity, key_set)
        keys = find_seed(header, payload, purpose, identity, key_set, shares, seed)
        rebuilt = build_header(keys, purpose, identity, key_set, len(payload), header[60:92])
        place = lambda index: slice(92 + 80 * (index - 1), 92 + 80 * index)
        blamed = sorted(
            {
                index
                for index, share in shares
                if 1 <= index <= key_set["n"]
                and rebuilt[place(index)] == header[place(index)]
                and share != keys.share(index)
            }
        )
        require(rebuilt == header, "share-wrong")
        require(payload.startswith(keys.prefix), "payload-commitment")
        manifest_bytes, files = read_package(open_payload(keys, payload), identity, keys.padding)
        # What is accepted is what sealing would have produced, byte for byte.
        require(seal(purpose, identity, key_set, keys.seed, manifest_bytes, files) == envelope, "payload-altered")
    except Undecided as reason:
        return {"outcome": "undecided", "reason": str(reason)}
    except Invalid as code:
        return {
            "outcome": "invalid",
            "code": str(code),
            "seed": keys and keys.seed.hex(),
            "wrongShares": blamed,
        }
    return {
        "outcome": "valid",
        "seed": keys.seed.hex(),
        "manifest": manifest_bytes.decode(),
        "files": [file.hex() for file in files],
        "wrongShares": blamed,
    }


def open_share(envelope, purpose, identity, key_set, index, secret):
    """A member's part: its own share, from the header."""
    header, _ = read_header(envelope, purpose, identity, key_set)
    info, aad = share_binding(purpose, identity, header[20:52], header[60:92], index)
    return hpke_open(secret, header[92 + 80 * (index - 1) : 92 + 80 * index], info, aad)


def main(opening_path, envelope_path, folder=None):
    opening = json.loads(pathlib.Path(opening_path).read_text("utf-8"))
    envelope = pathlib.Path(envelope_path).read_bytes()
    about = (opening["envelopeHash"], "bid", opening["identity"], opening["keySet"])
    outcome = open_envelope(envelope, *about, seed=bytes.fromhex(opening["seed"]))
    files = outcome.pop("files", [])
    print(json.dumps(outcome, ensure_ascii=False, indent=2))
    if folder is not None and outcome["outcome"] == "valid":
        for file, content in zip(json.loads(outcome["manifest"])["files"], files):
            pathlib.Path(folder, file["name"]).write_bytes(bytes.fromhex(content))
    return 0 if outcome["outcome"] == "valid" else 1


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
