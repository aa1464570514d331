"""Section 6 of public/spec/sealed-bids.md: the package in an envelope. Written from that text alone."""

import hashlib
import json
import re
import unicodedata

MAX_MANIFEST = 4 * 1024 * 1024
MAX_SIZE = 2**40


class Invalid(Exception):
    """The envelope is invalid; its argument is the code."""


def require(condition, code):
    if not condition:
        raise Invalid(code)


def jcs(value):
    """RFC 8785 for objects, lists, texts, integers, booleans and null."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{jcs(key)}:{jcs(item)}" for key, item in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def units(text):
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def is_text(value, longest, shortest=1):
    return isinstance(value, str) and shortest <= units(value) <= longest


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def has_keys(value, *keys):
    return isinstance(value, dict) and set(value) == set(keys)


def padded_length(length):
    """Padmé."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    step = 1 << max(0, exponent - exponent.bit_length())
    return -(-length // step) * step


def parse_canonical(data):
    def no_duplicates(pairs):
        require(len(dict(pairs)) == len(pairs), "package-shape")
        return dict(pairs)

    def refuse(_):
        raise Invalid("package-shape")

    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=no_duplicates, parse_float=refuse, parse_constant=refuse)
        require(jcs(value).encode("utf-8") == data, "package-shape")
    except (ValueError, RecursionError):
        raise Invalid("package-shape") from None
    return value


def check_manifest(value):
    keys = ("v", "ocid", "lot", "part", "tenderer", "consortium", "declarations", "priceForm", "files")
    require(has_keys(value, *keys) and value["v"] == 1 and is_integer(value["v"]), "package-shape")
    require(all(isinstance(value[key], str) for key in ("ocid", "lot", "part", "tenderer")), "package-shape")
    check_consortium(value["consortium"], value["tenderer"])
    declarations = value["declarations"]
    require(isinstance(declarations, list) and len(declarations) <= 50, "package-declarations")
    require(all(is_text(item, 60) for item in declarations), "package-declarations")
    require(len(set(declarations)) == len(declarations), "package-declarations")
    require(isinstance(value["files"], list) and len(value["files"]) <= 100, "package-shape")
    for file in value["files"]:
        check_file(file)
    names = [file["name"].lower() for file in value["files"]]
    require(len(set(names)) == len(names), "package-duplicate-name")
    if value["priceForm"] is not None:
        check_price_form(value["priceForm"])


def check_consortium(partners, tenderer):
    code = "package-consortium"
    require(isinstance(partners, list) and len(partners) <= 20, code)
    require(all(has_keys(partner, "id", "name") for partner in partners), code)
    require(all(is_text(partner["id"], 200) and is_text(partner["name"], 300) for partner in partners), code)
    require(len({tenderer, *(partner["id"] for partner in partners)}) == len(partners) + 1, code)


FORBIDDEN = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]'
)
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE | re.ASCII)
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


def check_file(file):
    require(has_keys(file, "name", "mediaType", "size", "sha256"), "package-shape")
    name, media_type, size, digest = file["name"], file["mediaType"], file["size"], file["sha256"]
    require(isinstance(name, str) and 1 <= len(name.encode("utf-8")) <= 240, "package-file-name")
    require(unicodedata.normalize("NFC", name) == name and not FORBIDDEN.search(name), "package-file-name")
    require(name.strip(". ") == name and not RESERVED.match(name), "package-file-name")
    require(isinstance(media_type, str) and MEDIA_TYPE.fullmatch(media_type), "package-shape")
    require(is_integer(size) and size <= MAX_SIZE, "package-shape")
    require(size >= 1, "package-file-empty")
    require(isinstance(digest, str) and re.fullmatch("[0-9a-f]{64}", digest), "package-shape")


def decimal(text, places, code):
    """A decimal text as a number of ten-thousandths."""
    pattern = r"(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,%d}))?" % places
    found = re.fullmatch(pattern, text, re.ASCII) if isinstance(text, str) else None
    require(found, code)
    return int(found[1]) * 10**4 + int((found[2] or "").ljust(4, "0"))


def cents(value):
    return f"{value // 100}.{value % 100:02d}"


def check_price_form(form):
    shape = "price-form-shape"
    require(has_keys(form, "currency", "items", "total"), shape)
    require(isinstance(form["currency"], str) and re.fullmatch("[A-Z]{3}", form["currency"]), shape)
    require(isinstance(form["items"], list) and 1 <= len(form["items"]) <= 200, shape)
    total = 0
    for row in form["items"]:
        require(has_keys(row, "itemId", "quantity", "unitPrice", "amount") and is_text(row["itemId"], 60), shape)
        quantity, price = (decimal(row[key], 4, shape) for key in ("quantity", "unitPrice"))
        require(quantity > 0, shape)
        require(not any(re.search(r"\.[0-9]*0$", row[key]) for key in ("quantity", "unitPrice")), shape)
        require(isinstance(row["amount"], str), shape)
        amount = (quantity * price + 5 * 10**5) // 10**6
        require(row["amount"] == cents(amount), "price-form-amount")
        total += amount
    items = [row["itemId"] for row in form["items"]]
    require(len(set(items)) == len(items), shape)
    require(form["total"] == cents(total), "price-form-total")


def read_package(plain, identity, padding):
    """The manifest's bytes and the files of a package. `padding` gives so many bytes of padding."""
    require(len(plain) >= 4, "package-length")
    length = int.from_bytes(plain[:4], "big")
    require(length <= MAX_MANIFEST, "package-too-large")
    require(len(plain) >= 4 + length, "package-length")
    manifest_bytes = plain[4 : 4 + length]
    manifest = parse_canonical(manifest_bytes)
    check_manifest(manifest)
    same = all(manifest[key] == identity[key] for key in ("ocid", "lot", "part", "tenderer"))
    require(same, "package-other-identity")
    at = 4 + length
    end = at + sum(file["size"] for file in manifest["files"])
    require(end <= MAX_SIZE, "package-too-large")
    require(padded_length(end) == len(plain), "package-length")
    files = []
    for file in manifest["files"]:
        content = plain[at : at + file["size"]]
        require(hashlib.sha256(content).hexdigest() == file["sha256"], "package-file-hash")
        files.append(content)
        at += file["size"]
    require(plain[end:] == padding(len(plain) - end), "package-padding")
    return manifest_bytes, files


def write_package(manifest_bytes, files, padding):
    body = len(manifest_bytes).to_bytes(4, "big") + manifest_bytes + b"".join(files)
    return body + padding(padded_length(len(body)) - len(body))
