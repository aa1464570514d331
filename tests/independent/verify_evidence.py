"""Verifies an evidence file of Tenderproof from public/spec/{record,log,evidence}.md alone: no code is shared with the registry, and
nothing but Python's standard library is needed.

    python3 verify_evidence.py evidence.json --pin descriptor.json [--file F] [--rpc URL] [--now RFC3339]

descriptor.json is the registry's descriptor (evidence.md, section 2), from elsewhere than the evidence. Prints
{"outcome", "steps": [{"id", "outcome", "why"}]}, and ends with 0 for proven, 1 for refuted, 2 otherwise.

    python3 verify_evidence.py --batch cases.jsonl

takes a case a line, {"evidence", "pin", "file", "rpc", "now"}: the evidence and the file in base64, null for what is not given; prints
a verdict a line, and ends with 0."""

import argparse
import base64
import binascii
import datetime
import functools
import json
import pathlib
import re
import sys
import time
import unicodedata

from bid_package import jcs
from evidence_chain import Chain, NoNode, OtherCode, Unasked
from evidence_primitives import ed25519_verify, leaf_hash, sha256, verify_inclusion
from evidence_state import State, Unproven
from evidence_shape import DEEPEST_ENTRY, Malformed, fits, parse_strictly, parse_time, read_evidence

STEPS = (
    "registry",
    "file",
    "commitment",
    "signatures",
    "log",
    "checkpoint",
    "anchor",
    "stage",
    "stage-anchor",
    "order",
    "state",
)
CLOCKS = 120_000
MOST_SIGNATURES = 32


class Fails(Exception):
    """A step fails; its argument is the reason."""


class Awaits(Exception):
    """A step cannot be taken yet."""


class NotApplicable(Exception):
    """A step has nothing to check."""


class BadPin(Exception):
    """What was given to be trusted cannot be used."""


def require(condition, why):
    if not condition:
        raise Fails(why)


def take_all(parts):
    """Every part is taken: one that fails outweighs one for which the chain could not be asked, and that one waiting."""
    waits = []
    for part in parts:
        try:
            part()
        except (Unasked, Awaits) as reason:
            waits.append(reason)
    for reason in sorted(waits, key=lambda reason: isinstance(reason, Awaits)):
        raise reason


def parse_now(text):
    if text is None:
        return time.time_ns() // 1_000_000
    try:
        at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise BadPin(f"{text[:40]} is no time") from None
    return int((at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)).timestamp() * 1000)


# log.md, section 5: verifier keys and signed notes.


def from_base64(text):
    """Bytes from their only base64; None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def key_id(origin, public_key):
    return sha256(origin.encode() + b"\n\1" + public_key)[:4]


def read_verifier_key(text, origin):
    """The 32 bytes of the log's key."""
    match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(.+)", text)
    data = from_base64(match[3]) if match else None
    if data is None or len(data) != 33 or data[0] != 1 or match[1] != origin:
        raise BadPin("logKey is not a verifier key of origin")
    if key_id(origin, data[1:]).hex() != match[2]:
        raise BadPin("logKey states another key id than its own")
    return data[1:]


def read_checkpoint(note, origin, public_key):
    """Size and root that a note states, when the log signed it."""
    text, gap, signatures = note.partition("\n\n")
    require(gap and signatures.endswith("\n"), "the note has no signatures below an empty line")
    control = any(unicodedata.category(character) == "Cc" for character in note if character != "\n")
    require(not control, "the note has control characters")
    stated = read_checkpoint_text(text + "\n", origin)
    lines = signatures[:-1].split("\n")
    require(len(lines) <= MOST_SIGNATURES, "the note has too many signatures")
    signatures = [read_signature_line(line) for line in lines]
    own = [data[4:] for name, data in signatures if name == origin and data[:4] == key_id(origin, public_key)]
    require(own, "the pinned key has not signed the note")
    message = (text + "\n").encode()
    valid = all(ed25519_verify(public_key, message, signature) for signature in own)
    require(valid, "the log's signature does not verify")
    return stated


def read_checkpoint_text(text, origin):
    """Origin, size, root, and extension lines, which say nothing here."""
    match = re.fullmatch(r"(.+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n(?:.+\n)*", text)
    require(match and match[1] == origin, "the note is no checkpoint of the pinned log")
    root = from_base64(match[3])
    require(root is not None and len(root) == 32, "the checkpoint's root is not 32 bytes")
    return int(match[2]), root.hex()


def read_signature_line(line):
    match = re.fullmatch(r"— ([^\s+]{1,200}) (\S+)", line)
    data = from_base64(match[2]) if match else None
    require(data is not None and len(data) > 4, "a line below the note is no signature")
    return match[1], data


# evidence.md, section 2: what is trusted.


def read_pin(value):
    kinds = {"origin": str, "logKey": str, "chainId": int, "contract": str, "codeHash": str, "confirmations": int}
    if not isinstance(value, dict):
        raise BadPin("the descriptor is no object")
    for name, kind in kinds.items():
        if not isinstance(value.get(name), kind) or isinstance(value.get(name), bool):
            raise BadPin(f"the descriptor's {name} is missing or of another type")
    if value.get("predecessor") is not None:
        raise BadPin("predecessor is not null")
    pin = dict(value, contract=value["contract"].lower(), codeHash=value["codeHash"].lower())
    if not re.fullmatch("0x[0-9a-f]{40}", pin["contract"]) or not re.fullmatch("0x[0-9a-f]{64}", pin["codeHash"]):
        raise BadPin("the descriptor's contract or codeHash is not hexadecimal")
    if pin["confirmations"] < 0:
        raise BadPin("confirmations is below 0")
    pin["publicKey"] = read_verifier_key(pin["logKey"], pin["origin"])
    return pin


# record.md, sections 5 and 6.


def commitment_of(evidence):
    """None for an entry that has no canonical form, being nested too deep."""
    if not fits(evidence["entry"], DEEPEST_ENTRY):
        return None
    return sha256(bytes.fromhex(evidence["salt"]) + jcs(evidence["entry"]).encode())


def process_key(record):
    return sha256(record["ocid"].encode())


def stage_key(record):
    process = process_key(record)
    if record.get("stage", 0) <= 2 or "unit" not in record:
        return process
    return sha256(process + sha256(record["unit"]["lot"].encode()) + sha256(record["unit"]["part"].encode()))


class Verification:
    """evidence.md, section 4, for one piece of evidence; a key's evidence is another one."""

    def __init__(self, evidence, pin, chain, now, file=None, unproven=None):
        self.evidence, self.pin, self.chain, self.now, self.file = evidence, pin, chain, now, file
        # Why the proof of the storage does not open: step 11 says so.
        self.unproven = unproven
        self.record = evidence["entry"]["record"]
        self.log, self.anchor, self.stage = evidence["log"], evidence["anchor"], evidence["stage"]
        self.commitment = commitment_of(evidence)

    def step_registry(self):
        """Step 1."""
        for part in [self.evidence, *self.evidence["keys"]]:
            require(part["log"]["origin"] == self.pin["origin"], "the log is not of the pinned origin")
            anchor = part["anchor"]
            if anchor is not None:
                require(anchor["chainId"] == self.pin["chainId"], "an anchor names another chain than the pinned one")
                require(anchor["contract"].lower() == self.pin["contract"], "an anchor names another contract")
        return "origin, chain and contract are the pinned ones"

    def step_file(self):
        """Step 2."""
        if self.file is None:
            raise NotApplicable("no file was given")
        digest = sha256(self.file).hex()
        named = [document for document in self.record["documents"] if document["sha256"] == digest]
        require(named, "no document of the record has the file's SHA-256")
        sizes = [document for document in named if document["size"] == len(self.file)]
        require(sizes, "the document with the file's SHA-256 has another size")
        return f"the file is document {sizes[0]['id']}"

    def step_commitment(self):
        """Step 3. The shape was checked when the file was read."""
        self._require_commitment()
        return f"commitment {self.commitment.hex()}"

    def _require_commitment(self):
        require(self.commitment is not None, "the entry has no canonical form")

    def step_signatures(self):
        """Step 4."""
        if not self.evidence["entry"]["signatures"]:
            raise NotApplicable("the record has no signatures")
        require(fits(self.record, DEEPEST_ENTRY), "the record has no canonical form")
        digest = sha256(jcs(self.record).encode())
        signatures = self.evidence["entry"]["signatures"]
        take_all(functools.partial(self._check_signature, signature, digest) for signature in signatures)
        return "all signatures verify, by keys that stand before the record in the log"

    def _check_signature(self, signature, digest):
        of_key = [
            Verification({**part, "keys": []}, self.pin, self.chain, self.now)
            for part in self.evidence["keys"]
        ]
        of_key = [part for part in of_key if part.commitment and part.commitment.hex() == signature["key"]]
        require(of_key, "there is no evidence of the record that registered a signing key")
        key = of_key[0]
        require(key.record["type"] == "signing-key", "a key's record is not of type signing-key")
        for member in ("organization", "person"):
            require(key.record["actor"][member] == self.record["actor"][member], f"a key is of another {member}")
        require(key.log["index"] < self.log["index"], "a key's record does not stand before this one in the log")
        public_key = key.record["data"].get("publicKey")
        well_formed = isinstance(public_key, str) and re.fullmatch("[0-9a-f]{64}", public_key)
        require(well_formed, "a key's record has no public key")
        demonstration = key.record["data"].get("demonstration", False)
        require(isinstance(demonstration, bool), "a key's record does not say whether it is for demonstration")
        valid = ed25519_verify(bytes.fromhex(public_key), digest, bytes.fromhex(signature["signature"]))
        require(valid, "a signature does not verify")
        try:
            take_all((key.step_log, key.step_checkpoint, key.step_anchor))
        except NoNode:
            return  # The record's own step 7 says so.
        except (Fails, OtherCode) as reason:
            raise Fails(f"of a key's evidence: {reason}") from None

    def step_log(self):
        """Step 5."""
        self._require_commitment()
        root, proof = bytes.fromhex(self.log["rootHash"]), list(map(bytes.fromhex, self.log["inclusionProof"]))
        leads = verify_inclusion(leaf_hash(self.commitment), self.log["index"], self.log["treeSize"], root, proof)
        require(leads, "the proof does not lead from the commitment to the log's root")
        return f"leaf {self.log['index']} of {self.log['treeSize']}"

    def step_checkpoint(self):
        """Step 6."""
        stated = read_checkpoint(self.evidence["checkpoint"], self.pin["origin"], self.pin["publicKey"])
        same = stated == (self.log["treeSize"], self.log["rootHash"])
        require(same, "the checkpoint states another size or root")
        return "the log signed this size and root"

    def step_anchor(self):
        """Step 7. What can be seen without the chain comes first."""
        anchor = self.anchor
        if anchor is None:
            raise Awaits("the log was not anchored yet")
        same = all(anchor[member] == self.log[member] for member in ("treeSize", "rootHash"))
        require(same, "the anchor is of another size or root than the log")
        self.chain.require_contract()
        require_anchor(self.chain, anchor)
        self._require_deep(anchor["blockNumber"])
        block = self.chain.block(anchor["blockNumber"])
        if block is None:
            raise Unasked("the node has no block of this number")
        require(block[0] == anchor["blockHash"], "the block of this number has another hash")
        require(block[1] == anchor["time"], "the block of this number has another time")
        return f"anchor {anchor['anchorIndex']}, in block {anchor['blockNumber']}"

    def _require_deep(self, block_number):
        found, needed = self.chain.confirmations(block_number), self.pin["confirmations"]
        if found < needed:
            raise Awaits(f"block {block_number} has {max(found, 0)} of {needed} confirmations")

    def step_stage(self):
        """Step 8."""
        stage, record = self.stage, self.record
        if stage is None:
            raise self._no_stage()
        require("ocid" in record and "stage" in record, "the record belongs to no stage of a process")
        require(stage["stage"] == record["stage"], "another stage than the record's")
        require(stage["round"] == record.get("round", 0), "another round than the record's")
        require(stage["key"] == stage_key(record).hex(), "the stage is of another process or unit")
        self._require_commitment()
        root, proof = bytes.fromhex(stage["rootHash"]), list(map(bytes.fromhex, stage["inclusionProof"]))
        leads = verify_inclusion(leaf_hash(self.commitment), stage["index"], stage["count"], root, proof)
        require(leads, "the proof does not lead from the commitment to the stage's root")
        return f"leaf {stage['index']} of {stage['count']} of the stage"

    def _no_stage(self):
        """Why there is no stage proof: the last paragraph of section 4."""
        record = self.record
        if "stage" not in record:
            return NotApplicable("the record belongs to no stage")
        if "ocid" not in record:
            return Awaits("the record names a stage and no process")
        try:
            closed = self.chain.stage(stage_key(record), record["stage"], record.get("round", 0))
            anchor = None if closed is None else self.chain.anchor(closed["anchorIndex"])
        except (NoNode, OtherCode):
            return Awaits("there is no proof of a closed stage")
        if anchor is not None and self.log["index"] < anchor["treeSize"]:
            return Awaits("the stage has closed over a log that holds the record: fetch the evidence again")
        return Awaits("the stage has not closed yet")

    def _stage_on(self, view):
        return view.stage(bytes.fromhex(self.stage["key"]), self.stage["stage"], self.stage["round"])

    def _require_stage(self, view):
        on_chain = self._stage_on(view)
        require(on_chain is not None, "the contract has not closed this stage in this round")
        same = all(self.stage[member] == on_chain[member] for member in ("rootHash", "count"))
        require(same, "the contract holds another root or count for this stage")
        return on_chain

    def _round_on(self, view):
        return view.round(bytes.fromhex(self.stage["key"]), self.stage["stage"])

    def step_stage_anchor(self):
        """Step 9."""
        stage = self.stage
        if stage is None:
            without = "stage" not in self.record
            raise NotApplicable("the record belongs to no stage") if without else Awaits("the stage has not closed yet")
        on_chain = self._require_stage(self.chain)
        self._require_deep(on_chain["blockNumber"])
        latest = self._round_on(self.chain)
        if latest > stage["round"]:
            return f"round {stage['round']} is on chain as stated; round {latest} counts now"
        return f"closed in block {on_chain['blockNumber']}"

    def step_order(self):
        """Step 10."""
        at = parse_time(self.record["time"])
        require(at <= self.now + CLOCKS, "the record's time lies in the future")
        if self.anchor is None:
            raise Awaits("the log was not anchored yet")
        require(at <= 1000 * self.anchor["time"] + CLOCKS, "the record's time is later than its anchor's")
        self.chain.require_contract()
        self._require_order(self.chain)
        return "the times are in order"

    def _require_order(self, view):
        closed = None if self.stage is None else self._stage_on(view)
        if closed is not None:
            anchor = view.anchor(closed["anchorIndex"])
            covered = anchor is not None and anchor["treeSize"] > self.log["index"]
            require(covered, "the stage was closed over a log without this record")
            require(anchor["time"] <= closed["time"], "the stage's anchor is later than the stage")
        acts = {"notice": self._order_notice, "award-announced": self._order_award, "bid": self._order_bid}
        if self.record["type"] in acts:
            require("ocid" in self.record, "an act that the chain notes names no process")
            acts[self.record["type"]](view)

    def _tender(self, view):
        tender = view.tender(process_key(self.record))
        if tender is None:
            raise Awaits("the chain has not opened this tender")
        return tender

    def _order_notice(self, view):
        self._require_commitment()
        same = self._tender(view)["notice"] == self.commitment.hex()
        require(same, "the tender was opened with another notice")

    def _order_award(self, view):
        self._require_commitment()
        award = view.award(stage_key(self.record), self.record.get("round", 0))
        if award is None and self.stage is None:
            raise Awaits("the chain has no announcement in this round")
        same = award is not None and award["commitment"] == self.commitment.hex()
        require(same, "the chain holds another announcement in this round")

    def _order_bid(self, view):
        self._require_commitment()
        before = parse_time(self.record["time"]) < 1000 * self._tender(view)["bidsDue"]
        require(before, "the bid is not before bids were due")

    def step_state(self):
        """Step 11."""
        if "state" not in self.evidence:
            raise NotApplicable("the evidence brings no proof of the contract's storage")
        state = self.chain.state
        require(state is not None, f"the proof does not open: {self.unproven}")
        require(state.code_hash == self.pin["codeHash"], "the proven account has other code than the pinned one")
        try:
            self._require_proven(state)
        except Unproven as reason:
            raise Fails(f"the proof does not cover all: {reason}") from None
        if self.chain.url is None:
            raise NoNode(f"to be compared: block {state.number} has hash {state.hash}")
        self.chain.require_chain()
        self._require_deep(state.number)
        block = self.chain.block(state.number)
        if block is None:
            raise Unasked("the node has no block of this number")
        require(block[0] == state.hash, "the block of this number has another hash")
        return f"proven to block {state.number}"

    def _require_proven(self, state):
        for part in [self.evidence, *self.evidence["keys"]]:
            anchor = part["anchor"]
            if anchor is not None:
                require(anchor["blockNumber"] <= state.number, "an anchor is later than the proven block")
                other = anchor["blockNumber"] == state.number and anchor["blockHash"] != state.hash
                require(not other, "an anchor's block is the proven one, and has another hash")
                require_anchor(state, anchor)
        if self.stage is not None:
            self._require_stage(state)
            self._round_on(state)
        try:
            self._require_order(state)
        except Awaits:
            pass  # A tender that is not open yet contradicts nothing.


def open_state(evidence, pin):
    """The proven state, or None and why there is none."""
    try:
        return (State(evidence["state"], pin["contract"]), None) if "state" in evidence else (None, None)
    except Unproven as reason:
        return None, str(reason)


def require_anchor(view, anchor):
    held = view.anchor(anchor["anchorIndex"])
    require(held is not None, f"the contract has no anchor {anchor['anchorIndex']}")
    same = all(anchor[member] == held[member] for member in ("treeSize", "rootHash", "time"))
    require(same, "the contract holds another size, root or time under this index")


def take(step):
    """One step: its outcome as it is printed, its weight in the verdict, and why."""
    try:
        return "pass", "proven", step()
    except (Fails, OtherCode) as reason:
        return "fail", "refuted", str(reason)
    except Unasked as reason:
        return "skipped", "unchecked", str(reason)
    except Awaits as reason:
        return "skipped", "pending", str(reason)
    except NotApplicable as reason:
        return "skipped", "proven", str(reason)


def malformed(why):
    steps = [{"id": name, "outcome": "skipped", "why": "the file could not be read"} for name in STEPS]
    steps[0] = {"id": STEPS[0], "outcome": "fail", "why": why}
    return {"outcome": "refuted", "steps": steps}


def verify(data, pin, rpc=None, now=None, file=None):
    """The verdict on the bytes of an evidence file."""
    try:
        pin, now = read_pin(pin), parse_now(now)
    except BadPin as reason:
        return {"outcome": "unchecked", "steps": [], "why": str(reason)}
    try:
        evidence = read_evidence(data)
    except Malformed as reason:
        return malformed(str(reason))
    state, unproven = open_state(evidence, pin)
    verification = Verification(evidence, pin, Chain(rpc, pin, state), now, file, unproven)
    taken = [take(getattr(verification, "step_" + name.replace("-", "_"))) for name in STEPS]
    weights = [weight for _, weight, _ in taken]
    outcome = next(word for word in ("refuted", "unchecked", "pending", "proven") if word in weights)
    return {
        "outcome": outcome,
        "steps": [{"id": name, "outcome": result, "why": why} for name, (result, _, why) in zip(STEPS, taken)],
    }


def verify_batch(path):
    for line in pathlib.Path(path).read_text("utf-8").splitlines():
        case = json.loads(line)
        file = None if case["file"] is None else base64.b64decode(case["file"])
        verdict = verify(base64.b64decode(case["evidence"]), case["pin"], case["rpc"], case["now"], file)
        print(json.dumps(verdict))
    return 0


def verify_one(arguments):
    try:
        data = pathlib.Path(arguments.evidence).read_bytes()
        pin = parse_strictly(pathlib.Path(arguments.pin).read_bytes())
        file = None if arguments.file is None else pathlib.Path(arguments.file).read_bytes()
        verdict = verify(data, pin, arguments.rpc, arguments.now, file)
    except (OSError, Malformed) as error:
        verdict = {"outcome": "unchecked", "steps": [], "why": str(error)}
    print(json.dumps(verdict, ensure_ascii=False, indent=2))
    return {"proven": 0, "refuted": 1}.get(verdict["outcome"], 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", nargs="?")
    for name in ("--pin", "--file", "--rpc", "--now", "--batch"):
        parser.add_argument(name)
    arguments = parser.parse_args()
    if arguments.batch is not None:
        return verify_batch(arguments.batch)
    if arguments.evidence is None or arguments.pin is None:
        parser.error("an evidence file and --pin are needed")
    return verify_one(arguments)


if __name__ == "__main__":
    sys.exit(main())
