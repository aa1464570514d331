"""Checks public/spec/vectors/sealed-bids.json with the independent opener: python3 check_vectors.py <file>.
Prints what differs, then a count as JSON; ends with 1 where anything differs."""

import hashlib
import json
import pathlib
import sys

import open_bid
from bid_package import jcs


def check_envelope(vector, committee):
    about = (vector["purpose"], vector["identity"], committee["keySet"])
    envelope = bytes.fromhex(vector["envelope"])
    shares = [(share["index"], bytes.fromhex(share["share"])) for share in vector["shares"]]
    seed = None if vector["seed"] is None else bytes.fromhex(vector["seed"])
    found = open_bid.open_envelope(envelope, vector["envelopeHash"], *about, shares, seed)
    if found["outcome"] == "valid":
        # Every member's secret opens the share that follows from the seed.
        keys = open_bid.EnvelopeKeys(bytes.fromhex(found["seed"]), vector["identity"], committee["keySet"]["k"])
        for member in committee["secrets"]:
            index, secret = member["index"], bytes.fromhex(member["x25519Secret"])
            if open_bid.open_share(envelope, *about, index, secret) != keys.share(index):
                return {"share": index}
    return None if found == vector["expected"] else found


def check_recipe(recipe, committee):
    files = [bytes((31 * i + 7) % 251 for i in range(length)) for length in recipe["fileLengths"]]
    seed, manifest = bytes.fromhex(recipe["seed"]), recipe["manifest"].encode()
    about = (recipe["purpose"], recipe["identity"], committee["keySet"])
    envelope = open_bid.seal(*about, seed, manifest, files)
    found = (len(envelope), hashlib.sha256(envelope).hexdigest())
    return None if found == (recipe["envelopeLength"], recipe["envelopeHash"]) else found


def check_statement(act):
    """The bytes that a bid's key signs; the signature itself is left to libraries for Ed25519."""
    digest = hashlib.sha256(b"tenderproof-bid-act-v1\0" + jcs(act["act"]).encode()).hexdigest()
    return None if "digest" not in act or digest == act["digest"] else digest


def main(path):
    vectors = json.loads(pathlib.Path(path).read_text("utf-8"))
    committees = vectors["committees"]
    checks = [(vector, check_envelope(vector, committees[vector["committee"]])) for vector in vectors["envelopes"]]
    checks += [(recipe, check_recipe(recipe, committees[recipe["committee"]])) for recipe in vectors["recipes"]]
    checks += [(act, check_statement(act)) for act in vectors["bidActs"]["acts"]]
    for name, committee in committees.items():
        found = hashlib.sha256(jcs(committee["keySet"]).encode()).hexdigest()
        checks.append(({"description": f"key set {name}"}, None if found == committee["keySetHash"] else found))
    differing = [(vector["description"], found) for vector, found in checks if found is not None]
    for description, found in differing:
        print(f"DIFFERS {description}: {found}")
    print(json.dumps({"checked": len(checks), "differing": len(differing)}))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
