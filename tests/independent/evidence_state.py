"""public/spec/evidence.md, section 7: the contract's storage out of a block header and the nodes of two tries. RLP and the trie are
appendices B and D of the Yellow Paper; the layout of the storage is the table of that section."""

import functools

from evidence_primitives import keccak256

DEEPEST = 8
EMPTY_TRIE = keccak256(b"\x80")


class Unproven(Exception):
    """The proof does not lead there; its argument is the reason."""


# Recursive Length Prefix: strings are bytes, lists are lists.


def _read_item(data, at, end, depth):
    """An item and where the next begins."""
    if at >= end or depth > DEEPEST:
        raise Unproven("RLP ends too early, or is nested too deep")
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    base = 0x80 if first < 0xC0 else 0xC0
    start, length = at + 1, first - base
    if length > 55:
        digits = data[start : start + length - 55]
        if len(digits) != length - 55 or len(digits) > 4 or digits[0] == 0 or int.from_bytes(digits, "big") <= 55:
            raise Unproven("a length in RLP is not the shortest")
        start, length = start + len(digits), int.from_bytes(digits, "big")
    stop = start + length
    if stop > end:
        raise Unproven("RLP ends too early")
    if base == 0x80:
        if length == 1 and data[start] < 0x80:
            raise Unproven("a byte in RLP is not the shortest")
        return data[start:stop], stop
    items = []
    while start < stop:
        item, start = _read_item(data, start, stop, depth + 1)
        items.append(item)
    return items, stop


def decode_rlp(data):
    item, end = _read_item(data, 0, len(data), 0)
    if end != len(data):
        raise Unproven("something follows an item of RLP")
    return item


def _rlp_length(item):
    if isinstance(item, bytes):
        payload = len(item)
        if payload == 1 and item[0] < 0x80:
            return 1
    else:
        payload = sum(map(_rlp_length, item))
    return payload + (1 if payload <= 55 else 1 + (payload.bit_length() + 7) // 8)


def _strings(item, what):
    if not isinstance(item, list) or not all(isinstance(part, bytes) for part in item):
        raise Unproven(f"{what} is no list of strings")
    return item


def _number(data, largest, what):
    if data[:1] == b"\0" or int.from_bytes(data, "big") > largest:
        raise Unproven(f"{what} is no number that may stand there")
    return int.from_bytes(data, "big")


# The trie.


def _nibbles(data):
    return [half for byte in data for half in (byte >> 4, byte & 15)]


def _path(encoded):
    """Whether it is a leaf's, and the nibbles."""
    nibbles = _nibbles(encoded)
    if not nibbles or nibbles[0] > 3 or (nibbles[0] % 2 == 0 and nibbles[1] != 0):
        raise Unproven("a path in a node is malformed")
    return nibbles[0] >= 2, nibbles[1 if nibbles[0] % 2 else 2 :]


def _child(reference, nodes):
    """The node that a parent refers to; None for none."""
    if isinstance(reference, list):
        if _rlp_length(reference) >= 32:
            raise Unproven("a long node stands in its parent")
        return reference
    if reference == b"":
        return None
    if len(reference) != 32:
        raise Unproven("a reference to a node is no hash")
    return _node(reference, nodes)


def _node(hashed, nodes):
    if hashed not in nodes:
        raise Unproven(f"node 0x{hashed.hex()} is missing")
    node = decode_rlp(nodes[hashed])
    if not isinstance(node, list):
        raise Unproven("a node is no list")
    return node


def lookup(root, key, nodes):
    """The value under a key; None where it is proven that there is none."""
    if root == EMPTY_TRIE:
        return None
    node, path = _node(root, nodes), _nibbles(key)
    while node is not None:
        if len(node) == 17:
            # Keys are hashes, all of one length, so a branch never ends a path.
            if not path:
                raise Unproven("a branch where a leaf must be")
            node, path = _child(node[path[0]], nodes), path[1:]
            continue
        if len(node) != 2 or not isinstance(node[0], bytes):
            raise Unproven("a node has another number of items")
        leaf, part = _path(node[0])
        if leaf:
            if not isinstance(node[1], bytes) or node[1] == b"":
                raise Unproven("a leaf has no value")
            return node[1] if part == path else None
        if not part:
            raise Unproven("an extension has no path")
        if path[: len(part)] != part:
            return None
        node, path = _child(node[1], nodes), path[len(part) :]
        if node is None:
            raise Unproven("an extension leads nowhere")
    return None


# The header, the account, and the contract's storage.

HEAD, ANCHORS, STATUS, TENDERS, STAGES, AWARDS = 3, 6, 7, 8, 12, 13


def _slot(number):
    return (number % 2**256).to_bytes(32, "big")


def _entry(key, mapping):
    """The slot of a mapping's entry."""
    return int.from_bytes(keccak256((key if isinstance(key, bytes) else _slot(key)) + _slot(mapping)), "big")


def _bits(word, start, count=64):
    value = (word >> start) & (2**count - 1)
    if value > 2**53 - 1:
        raise Unproven("a number in the storage is out of range")
    return value


def _hash(word):
    return word.to_bytes(32, "big").hex()


class State:
    """The contract in the block of a proof. Answers as the contract's functions do; what is not proven raises Unproven."""

    def __init__(self, proof, contract):
        header = bytes.fromhex(proof["header"][2:])
        fields = _strings(decode_rlp(header), "the header")
        if len(fields) < 15 or len(fields[3]) != 32:
            raise Unproven("the header is no header of a block")
        self.number = _number(fields[8], 2**53 - 1, "the header's number")
        _number(fields[11], 2**53 - 1, "the header's time")
        self.hash = "0x" + keccak256(header).hex()
        key = keccak256(bytes.fromhex(contract[2:]))
        account = lookup(fields[3], key, self._by_hash(proof["account"]))
        if account is None:
            raise Unproven("the block's state has no such contract")
        account = _strings(decode_rlp(account), "the account")
        if len(account) != 4 or len(account[2]) != 32 or len(account[3]) != 32:
            raise Unproven("the account is none")
        self.root, self.code_hash = account[2], "0x" + account[3].hex()
        self.nodes = self._by_hash(proof["storage"])

    @staticmethod
    def _by_hash(nodes):
        return {keccak256(node): node for node in (bytes.fromhex(node[2:]) for node in nodes)}

    @functools.lru_cache(maxsize=None)
    def _word(self, slot):
        value = lookup(self.root, keccak256(_slot(slot)), self.nodes)
        if value is None:
            return 0
        word = decode_rlp(value)
        if not isinstance(word, bytes):
            raise Unproven("a word of the storage is a list")
        return _number(word, 2**256 - 1, "a word of the storage")

    def anchor(self, index):
        if index >= _bits(self._word(HEAD), 0):
            return None
        at = _entry(index, ANCHORS)
        mark, root = self._word(at), self._word(at + 1)
        return {"treeSize": _bits(mark, 0), "time": _bits(mark, 64), "rootHash": _hash(root)}

    def stage(self, key, stage, round_):
        at = _entry(256 * round_ + stage, _entry(key, STAGES))
        root = self._word(at)
        numbers = self._word(at + 1)
        if root == 0:
            return None
        names = ("count", "anchorIndex", "time", "blockNumber")
        return {"rootHash": _hash(root), **{name: _bits(numbers, 64 * i) for i, name in enumerate(names)}}

    def round(self, key, stage):
        return _bits(self._word(_entry(key, STATUS)), 152 + 16 * (stage - 3), 16) if 3 <= stage <= 7 else 0

    def tender(self, process):
        at = _entry(process, TENDERS)
        notice, terms, block = self._word(at), self._word(at + 1), self._word(at + 2)
        if notice == 0:
            return None
        times = {"bidsDue": _bits(terms, 0), "standstill": _bits(terms, 64, 32), "time": _bits(terms, 160)}
        return {"notice": _hash(notice), **times, "blockNumber": _bits(block, 0)}

    def award(self, key, round_):
        at = _entry(round_, _entry(key, AWARDS))
        commitment, numbers = self._word(at), self._word(at + 1)
        if commitment == 0:
            return None
        names = ("standstillEnds", "time", "blockNumber")
        return {"commitment": _hash(commitment), **{name: _bits(numbers, 64 * i) for i, name in enumerate(names)}}
