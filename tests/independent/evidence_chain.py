"""The questions of public/spec/evidence.md to a node of the chain: JSON-RPC over HTTP, and the contract's functions by its published
interface (contracts/LedgerTypes.sol has the structs, the NatSpec beside the functions says what a zero means)."""

import http.client
import json
import re
import urllib.error
import urllib.request

from evidence_primitives import keccak256
from evidence_state import Unproven

TIMEOUT = 15
LARGEST_ANSWER = 8 * 1024 * 1024


class Unasked(Exception):
    """The chain could not be asked; its argument is the reason."""


class NoNode(Unasked):
    """Nobody named a node."""


class OtherCode(Exception):
    """What stands at the contract's address is not the pinned contract."""


# Signature, and the members of what it returns, each in a word of 32 bytes.
FUNCTIONS = {
    "anchorCount": ("anchorCount()", ("count",)),
    "anchorAt": ("anchorAt(uint256)", ("treeSize", "time", "rootHash")),
    "stageAt": ("stageAt(bytes32,uint8,uint32)", ("rootHash", "count", "anchorIndex", "time", "blockNumber")),
    "roundOf": ("roundOf(bytes32,uint8)", ("round",)),
    "tenderOf": (
        "tenderOf(bytes32)",
        ("notice", "bidsDue", "standstill", "committees", "dueTimes", "time", "blockNumber"),
    ),
    "awardAt": ("awardAt(bytes32,uint32)", ("commitment", "standstillEnds", "time", "blockNumber")),
}
HASHES = ("rootHash", "notice", "commitment")


def _word(value):
    return value if isinstance(value, bytes) else value.to_bytes(32, "big")


def encode_call(name, *arguments):
    signature, _ = FUNCTIONS[name]
    return "0x" + (keccak256(signature.encode())[:4] + b"".join(map(_word, arguments))).hex()


def decode_answer(name, data):
    """The returned struct: hashes as hex without 0x, everything else as a number."""
    _, members = FUNCTIONS[name]
    if not isinstance(data, str) or not re.fullmatch("0x[0-9a-fA-F]{%d}" % (64 * len(members)), data):
        raise Unasked(f"the node's answer to {name} is not {len(members)} words long")
    words = [data[2 + 64 * i : 66 + 64 * i].lower() for i in range(len(members))]
    return {member: word if member in HASHES else int(word, 16) for member, word in zip(members, words)}


def _quantity(value, question):
    if not isinstance(value, str) or not re.fullmatch("0x[0-9a-fA-F]{1,64}", value):
        raise Unasked(f"the node's answer to {question} is no number")
    return int(value, 16)


def _send(url, body):
    if not re.match("https?://", url):
        raise OSError("not an address of HTTP")
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.read(LARGEST_ANSWER)
    except urllib.error.HTTPError as error:
        # Some nodes answer a refused call with a status of their own.
        return error.read(LARGEST_ANSWER)


class Node:
    """What one node says, each question asked once."""

    def __init__(self, url, pin):
        self.url, self.pin, self.answers = url, pin, {}

    def _post(self, method, params):
        if self.url is None:
            raise NoNode("no node of the chain was named")
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        try:
            answer = json.loads(_send(self.url, body))
        except (OSError, http.client.HTTPException) as error:
            raise Unasked(f"the node could not be reached: {error}") from None
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or ("result" not in answer and "error" not in answer):
            raise Unasked("the node's answer is no JSON-RPC")
        return answer

    def _ask(self, method, *params):
        question = json.dumps([method, params])
        if question not in self.answers:
            self.answers[question] = self._post(method, params)
        answer = self.answers[question]
        if answer.get("error") is not None:
            raise Unasked(f"the node refused {method}")
        return answer.get("result")

    def chain_id(self):
        return _quantity(self._ask("eth_chainId"), "eth_chainId")

    def head(self):
        return _quantity(self._ask("eth_blockNumber"), "eth_blockNumber")

    def code_hash(self):
        code = self._ask("eth_getCode", self.pin["contract"], "latest")
        if not isinstance(code, str) or not re.fullmatch("0x([0-9a-fA-F]{2})*", code):
            raise Unasked("the node's answer to eth_getCode is no code")
        return "0x" + keccak256(bytes.fromhex(code[2:])).hex()

    def block(self, number):
        """Hash and time of a block; None while there is none of this number."""
        block = self._ask("eth_getBlockByNumber", hex(number), False)
        if block is None:
            return None
        if not isinstance(block, dict) or not isinstance(block.get("hash"), str):
            raise Unasked("the node's answer to eth_getBlockByNumber is no block")
        return block["hash"].lower(), _quantity(block.get("timestamp"), "eth_getBlockByNumber")

    def require_chain(self):
        """evidence.md, section 4: a node of another chain says nothing."""
        if self.chain_id() != self.pin["chainId"]:
            raise Unasked(f"the node serves chain {self.chain_id()}, not {self.pin['chainId']}")

    def require_contract(self):
        """Other code at the address contradicts."""
        self.require_chain()
        if self.code_hash() != self.pin["codeHash"]:
            raise OtherCode("the code at the contract's address is not the pinned code")

    def _call(self, name, *arguments):
        self.require_contract()
        params = {"to": self.pin["contract"], "data": encode_call(name, *arguments)}
        return decode_answer(name, self._ask("eth_call", params, "latest"))

    def anchor(self, index):
        """None for an anchor that there is not: the contract would refuse it, which nodes report in many ways."""
        return self._call("anchorAt", index) if index < self._call("anchorCount")["count"] else None

    def stage(self, key, stage, round_):
        """None while it has not closed."""
        closed = self._call("stageAt", key, stage, round_)
        return closed if closed["time"] else None

    def round(self, key, stage):
        return self._call("roundOf", key, stage)["round"]

    def tender(self, process):
        """None while it is not open."""
        tender = self._call("tenderOf", process)
        return tender if tender["time"] else None

    def award(self, key, round_):
        """None while none is announced in this round."""
        award = self._call("awardAt", key, round_)
        return award if award["time"] else None

    def confirmations(self, block_number):
        return self.head() - block_number + 1


def _either(name):
    """A question to the node, and where it cannot answer, to the proof, once the proof's block was found on the chain."""

    def ask(self, *arguments):
        try:
            return getattr(Node, name)(self, *arguments)
        except NoNode:
            raise
        except Unasked as silent:
            state = self.settled()
            if state is None:
                raise
            try:
                answer = getattr(state, name)
                return answer(*arguments) if callable(answer) else answer
            except Unproven:
                raise silent from None

    return ask


class Chain(Node):
    """A node, and for what of the contract it cannot answer, the storage that the evidence proves (None for no proof)."""

    code_hash, anchor, stage, round, tender, award = map(
        _either, ("code_hash", "anchor", "stage", "round", "tender", "award")
    )

    def __init__(self, url, pin, state=None):
        super().__init__(url, pin)
        self.state = state

    def settled(self):
        """The proven state when the node has its block, deep enough."""
        if self.state is None:
            return None
        try:
            deep = self.confirmations(self.state.number) >= self.pin["confirmations"]
            block = self.block(self.state.number) if deep and self.chain_id() == self.pin["chainId"] else None
        except Unasked:
            return None
        return self.state if block is not None and block[0] == self.state.hash else None
