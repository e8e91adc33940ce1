"""What .NET's readers accept and refuse (probes of RULES.md, 14 and 15), beside what ours do.

Where ours differ, the list below says how and why: a difference that is not in it fails, and so does one that is gone.
"""

from __future__ import annotations

import json as stdlib
import re
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError

from tests.datacontract.generated import FACTS, type_named

LINES = (FACTS / "probes.jsonl").read_text(encoding="utf-8").split("\n")
PROBES: list[dict[str, Any]] = [stdlib.loads(line) for line in LINES if line]
READ = [probe for probe in PROBES if probe["probe"].startswith("read: ") and "ReqBox" not in probe["probe"]]
JSON = [probe for probe in PROBES if probe["probe"].startswith("json read: ")]
TEXT = [probe for probe in PROBES if re.match(r"text U\+.* \[xmlwriter\]", probe["probe"])]
REFUSED = "refused"

ORDER = "elements out of order are read, not lost"
KEPT = "the text a timestamp came with is kept"
LIBERAL = "what is clear is read"
HERE = "there is no host whose time zone counts"
DIFFERENT = {
    "elements out of order": (ORDER, '{"Id":1,"ContactListId":2}'),
    "three elements, the middle one out of order": (
        ORDER, '{"Id":1,"ContactListId":2,"UpdatedContacts":3,"TotalContacts":9}',
    ),
    "base members after derived members": (ORDER, '{"Text":"t","Id":1}'),
    "duplicate element": ("what is said twice is not guessed at", REFUSED),
    "control character reference": ("not well-formed", REFUSED),
    "+INF": (LIBERAL, '{"F64":"Infinity"}'),
    "79228162514264337593543950336": ("every digit", '{"Dec":79228162514264337593543950336.0}'),
    "2025-11-24T10:45:01+02:00": (HERE, '{"StartDate":"2025-11-24T10:45:01+02:00"}'),
    "2025-11-24T10:45:01+00:00": (HERE, '{"StartDate":"2025-11-24T10:45:01+00:00"}'),
    "2025-11-24": (KEPT, '{"StartDate":"2025-11-24"}'),
    "2025-11-24Z": (KEPT, '{"StartDate":"2025-11-24Z"}'),
    "2025-11-24T10:45": (LIBERAL, '{"StartDate":"2025-11-24T10:45"}'),
    "2025-11-24 10:45:01": (LIBERAL, '{"StartDate":"2025-11-24 10:45:01"}'),
    "2025-11-24T10:45:01.12345678": (KEPT, '{"StartDate":"2025-11-24T10:45:01.12345678"}'),
    "2025-11-24T10:45:01.123456789": (KEPT, '{"StartDate":"2025-11-24T10:45:01.123456789"}'),
    "2025-11-24T24:00:00": (LIBERAL, '{"StartDate":"2025-11-24T24:00:00"}'),
    "2025-11-24T10:45:01z": (KEPT, '{"StartDate":"2025-11-24T10:45:01z"}'),
    "10:45:01": ("today's date is nothing to fill in", REFUSED),
}  # fmt: skip
TYPES = "a type is not converted to another"
KNOWN = "another name is another member, and kept"
DIFFERENT_JSON = {
    '{"Id":"5"}': (TYPES, REFUSED),
    '{"id":5}': (KNOWN, '{"id":5}'),
    '{"ID":5}': (KNOWN, '{"ID":5}'),
    '{"Id":""}': (TYPES, REFUSED),
    '{"Extra":1,"Id":5}': (KNOWN, '{"Extra":1,"Id":5}'),
    '{"CurrentStatus":5}': (TYPES, REFUSED),
    '{"CurrentStatus":true}': (TYPES, REFUSED),
    '{"StartDate":"2025-11-24T10:45:01+02:00"}': (HERE, '{"StartDate":"2025-11-24T10:45:01+02:00"}'),
    '{"StartDate":"2025-11-24T10:45:01+00:00"}': (HERE, '{"StartDate":"2025-11-24T10:45:01+00:00"}'),
    '{"StartDate":"2025-11-24"}': (KEPT, '{"StartDate":"2025-11-24"}'),
    '{"StartDate":""}': (TYPES, REFUSED),
    '{"StartDate":"2025-11-24T10:45:01.123456789Z"}': (
        KEPT,
        '{"StartDate":"2025-11-24T10:45:01.123456789Z"}',
    ),
    '{"StartDate":"/Date(1763981101400)/"}': ("a form of before 2012", REFUSED),
    '{"State":"Done"}': (TYPES, REFUSED),
    '{"State":"10"}': (TYPES, REFUSED),
    '{"State":"done"}': (TYPES, REFUSED),
    '{"F64":NaN}': ("not JSON", REFUSED),
    '{"Ch":65}': (TYPES, REFUSED),
    '{"Ch":""}': (TYPES, REFUSED),
    '{"Span":"PT1M"}': (LIBERAL, '{"Span":"00:01:00"}'),
}


def members(text: str) -> Any:
    """The members that say something: neither null nor a value type's zero, in which .NET makes up what is absent."""
    data = stdlib.loads(text, parse_float=str)
    if not isinstance(data, dict):
        return data
    zero = (None, False, 0, "0.0", "\0", "00:00:00")
    return {name: value for name, value in data.items() if value not in zero and not str(value).startswith("0001-01-01T")
            and set(str(value)) != {"0", "-"}}  # fmt: skip


def outcome(read: Any) -> Any:
    try:
        return members(read())
    except DecodeError as error:
        return REFUSED if error.path else "without a path"


def compare(probe: dict[str, Any], actual: Any, difference: tuple[str, str] | None) -> None:
    theirs = REFUSED if "throws" in probe else members(probe["prints"])
    if difference is None:
        assert actual == theirs
    else:
        ours = REFUSED if difference[1] == REFUSED else members(difference[1])
        assert actual == ours
        assert ours != theirs, "no difference any more"


@pytest.mark.parametrize("probe", READ, ids=lambda probe: probe["probe"][6:60])
@pytest.mark.parametrize("speculate", [True, False])
def test_what_the_xml_reader_accepts(probe: dict[str, Any], speculate: bool) -> None:
    label, _, document = probe["probe"][6:].partition(" <- ")
    name = re.search(r"<(?!!|\?)(?:\w+:)?(\w+)", document)
    assert name is not None
    type_ = type_named({"Job": "ImportJob"}.get(name[1], name[1]))
    settings = xml.Settings(speculate=speculate)
    actual = outcome(lambda: json.encode(xml.decode(document, type_, settings=settings), type_))
    text = re.search(r">([^<>]+)</", document)
    compare(probe, actual, DIFFERENT.get(label) or DIFFERENT.get(text[1] if text else ""))


@pytest.mark.parametrize("probe", JSON, ids=lambda probe: probe["probe"][11:60])
def test_what_the_json_reader_accepts(probe: dict[str, Any]) -> None:
    name, _, document = probe["probe"][11:].partition(" <- ")
    type_ = type_named(name)
    actual = outcome(lambda: json.encode(json.decode(document, type_), type_))
    compare(probe, actual, DIFFERENT_JSON.get(document))


def test_every_difference_is_one_of_these_probes() -> None:
    seen = "\n".join(probe["probe"] for probe in PROBES)
    assert all(label in seen for label in [*DIFFERENT, *DIFFERENT_JSON])


@pytest.mark.parametrize("probe", TEXT, ids=lambda probe: probe["probe"])
def test_how_characters_are_written(probe: dict[str, Any]) -> None:
    character = chr(int(probe["probe"][7:11], 16))
    box = type_named("TextBox")
    value = json.decode(stdlib.dumps({"Text": f"[{character}]"}), box)
    try:
        written = xml.encode(value, box).decode()
    except xml.EncodeError:
        assert re.match("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", character)
        return
    assert written == probe["prints"]
