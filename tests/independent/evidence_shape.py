"""What an evidence file may look like: public/spec/evidence.md, section 3, record.md, section 2, and evidence.schema.json, which is
read from where it is published. Written from these alone."""

import json
import pathlib
import re

from bid_package import units

MOST_UNITS = 4_194_304
LARGEST_INTEGER = 2**53 - 1
DEEPEST_ENTRY = 64
DEEPEST_FILE = 72
SCHEMA = pathlib.Path(__file__).parents[2] / "public" / "spec" / "evidence.schema.json"


class Malformed(Exception):
    """The file is no evidence; its argument is the reason."""


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Malformed("an object names a key twice")
    if "__proto__" in members:
        raise Malformed("a key is __proto__")
    return members


def _integer(digits):
    # The length first: whoever sends a million digits need not be humoured.
    if digits == "-0" or len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise Malformed(f"{digits[:20]} is not an integer that may stand here")
    return int(digits)


def _no_number(digits):
    raise Malformed(f"{digits[:20]} is not an integer")


def _check_values(value, room):
    """record.md, section 2: valid Unicode everywhere, and nested no deeper than there is room."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Malformed("a string has a lone surrogate") from None
    elif isinstance(value, (dict, list)):
        if room == 0:
            raise Malformed("nested too deep")
        parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        for part in parts:
            _check_values(part, room - 1)


def fits(value, deepest):
    """Whether a value is nested so deep at most, itself counted."""
    try:
        _check_values(value, deepest)
    except Malformed:
        return False
    return True


def parse_strictly(data):
    """The JSON value in these bytes."""
    try:
        text = data.decode("utf-8")
        # Each of at least one unit, so that a long text need not be measured twice.
        if len(text) > MOST_UNITS or units(text) > MOST_UNITS:
            raise Malformed(f"more than {MOST_UNITS} UTF-16 code units")
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_no_number, parse_constant=_no_number
        )
        _check_values(value, DEEPEST_FILE)
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    except RecursionError:
        raise Malformed("nested too deep") from None
    except ValueError as error:
        raise Malformed(f"not JSON: {error}") from None
    return value


# record.md, section 3: times, in milliseconds since 1970.

TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z", re.ASCII)
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def parse_time(text):
    """None where there is no such time. Years begin with 0000, and no second is a leap second."""
    year, month, day, hour, minute, second, millisecond = map(int, TIME.fullmatch(text).groups())
    in_range = 1 <= month <= 12 and hour <= 23 and minute <= 59 and second <= 59
    if not in_range or not 1 <= day <= MONTHS[month - 1] + (month == 2 and _is_leap(year)):
        return None
    before = year - 1
    days = 365 * year + before // 4 - before // 100 + before // 400
    days += sum(MONTHS[: month - 1]) + (month > 2 and _is_leap(year)) + day - 1
    # 719,527 days and one leap day of the year 0000 lie before 1970.
    return ((((days - 719527) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond


# The part of JSON Schema 2020-12 that the published schema uses. An unknown word in it is an error of ours, not of the file.


def _is(kind, value):
    if kind in ("integer", "number"):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}[kind])


def _check_object(schema, value, where):
    known = schema.get("properties", {})
    missing = [name for name in schema.get("required", []) if name not in value]
    unknown = [name for name in value if name not in known]
    if missing:
        raise Malformed(f"{where}: {missing[0]} is missing")
    if unknown and schema.get("additionalProperties") is False:
        raise Malformed(f"{where}: {unknown[0][:40]!r} is not known")
    for name in known:
        if name in value:
            check_schema(known[name], value[name], f"{where}.{name}")


def _check_array(schema, value, where):
    if len(value) > schema.get("maxItems", len(value)):
        raise Malformed(f"{where}: more than {schema['maxItems']} items")
    if len(value) < schema.get("minItems", 0):
        raise Malformed(f"{where}: fewer than {schema['minItems']} items")
    for at, item in enumerate(value):
        check_schema(schema["items"], item, f"{where}[{at}]")


def _check_string(schema, value, where):
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        raise Malformed(f"{where}: too short or too long")
    # The patterns are those of ECMAScript: `$` is the very end, `\d` is 0 to 9.
    pattern = re.sub(r"\$$", r"\\Z", schema.get("pattern", ""))
    if not re.search(pattern, value, re.ASCII):
        raise Malformed(f"{where}: not of the form {schema['pattern']}")


def _check_integer(schema, value, where):
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        raise Malformed(f"{where}: out of range")


CHECKS = {"object": _check_object, "array": _check_array, "string": _check_string, "integer": _check_integer}


def _check_any(schemas, value, where):
    reasons = []
    for schema in schemas:
        try:
            return check_schema(schema, value, where)
        except Malformed as reason:
            reasons.append(str(reason))
    # The first alternative is the one that says something; the other is null.
    raise Malformed(reasons[0])


def check_schema(schema, value, where="evidence"):
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return _check_any(schema[word], value, where)
    if not _is(schema["type"], value):
        raise Malformed(f"{where}: not of type {schema['type']}")
    if "const" in schema and value != schema["const"]:
        raise Malformed(f"{where}: not {schema['const']}")
    if schema["type"] in CHECKS:
        CHECKS[schema["type"]](schema, value, where)


def read_evidence(data):
    """The evidence in a file's bytes, of exactly the published shape."""
    value = parse_strictly(data)
    check_schema(json.loads(SCHEMA.read_text("utf-8")), value)
    for part in [value, *value["keys"]]:
        record = part["entry"]["record"]
        if parse_time(record["time"]) is None:
            raise Malformed("there is no such time as a record's")
        if not fits(record["data"], DEEPEST_ENTRY):
            raise Malformed("a record's data are nested too deep")
    return value
