"""Hostile input: a clear `DecodeError` with a path, and never another exception or a hang."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xml.jobs import ImportJob, sample

COMPACT = sample("get-import-job").replace(b"> <", b"><")
FULL = xml.Settings(speculate=False)
ENTITY = '<!DOCTYPE a [<!ENTITY e "x">]>'

HOSTILE: dict[str, bytes | str] = {
    "empty": b"",
    "blank": b" \n",
    "text": b"hello",
    "nul": COMPACT.replace(b">1<", b">\x001<", 1),
    "truncated": COMPACT[:200],
    "doubled": COMPACT * 2,
    "dtd": ENTITY.encode() + COMPACT,
    "dtd after a comment": b"<!-- x --><?pi y?>" + ENTITY.encode() + COMPACT,
    "entity": COMPACT.replace(b">1<", b">&e;<", 1),
    "billion laughs": b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><ImportJob>&b;</ImportJob>',
    "external": b'<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><ImportJob/>',
    "wrong root": COMPACT.replace(b"ImportJob", b"ExportJob"),
    "wrong namespace": COMPACT.replace(b"W50API", b"W51API"),
    "wrong encoding": b'<?xml version="1.0" encoding="utf-8"?>' + COMPACT.replace(b"sample", b"s\xff"),
    "unknown encoding": b'<?xml version="1.0" encoding="x-none"?>' + COMPACT,
    "a codec that is no encoding": b'<?xml version="1.0" encoding="rot13"?>' + COMPACT,
    "deep": b"<a>" * 5000,
    "deep and closed": COMPACT.replace(b"</ImportJob>", b"<a>" * 200 + b"</a>" * 200 + b"</ImportJob>"),
    "overflow": COMPACT.replace(b"<Id>1<", b"<Id>" + b"9" * 6000 + b"<"),
    "many attributes": COMPACT.replace(
        b"<Id>", b"<Id " + b" ".join(b'a%d="1"' % n for n in range(300)) + b">"
    ),
    "duplicate attribute": COMPACT.replace(b"<Id>", b'<Id a="1" a="2">'),
    "duplicate element": COMPACT.replace(b"<Id>1</Id>", b"<Id>1</Id><Id>2</Id>"),
    "unbound prefix": COMPACT.replace(b"<Id>1</Id>", b"<q:Id>1</q:Id>"),
    "nil where none may be": COMPACT.replace(b"<Id>1</Id>", b'<Id i:nil="true"/>'),
    "nil that is none": COMPACT.replace(b"<Id>1</Id>", b'<Id i:nil="maybe">1</Id>'),
    "an unknown type": COMPACT.replace(b"<ImportJob ", b'<ImportJob i:type="Nothing" '),
    "a type with an unbound prefix": COMPACT.replace(b"<ImportJob ", b'<ImportJob i:type="q:Nothing" '),
    "end in text": COMPACT.replace(b"sample", b"]]>"),
    "a lone surrogate": COMPACT.decode().replace("sample", "\ud800"),
    "a noncharacter": COMPACT.decode().replace("sample", "\uffff"),
    "a control reference": COMPACT.replace(b"sample", b"&#1;"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_a_path(name: str) -> None:
    started = time.process_time()
    with pytest.raises(DecodeError) as caught:
        xml.decode(HOSTILE[name], ImportJob)
    assert caught.value.path.startswith("/")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "name", ["rot13", "hex", "zlib", "base64", "idna", "unicode_escape", "utf-7", "x-none"]
)
def test_what_is_no_encoding(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?>'.encode() + COMPACT
    for read in (
        xml.decode,
        lambda document, type_: list(xml.iter_decode([document], type_)),
        lambda document, type_: list(xml.iter_documents([document], type_)),
    ):
        with pytest.raises(DecodeError, match="a character encoding"):
            read(data, ImportJob)


@pytest.mark.parametrize("value", [None, 5, ["x"], object()])
def test_what_is_no_document(value: Any) -> None:
    with pytest.raises(DecodeError):
        xml.decode(value, ImportJob)


def test_limits_are_the_callers() -> None:
    tight = xml.Settings(limits=xml.Limits(size=100))
    with pytest.raises(DecodeError, match="at most 100 bytes"):
        xml.decode(COMPACT, ImportJob, settings=tight)
    tight = xml.Settings(limits=xml.Limits(text=10))
    for _ in range(4):
        with pytest.raises(DecodeError, match="at most 10 characters"):
            xml.decode(COMPACT, ImportJob, settings=tight)


def outcome(document: bytes | str, settings_: xml.Settings | None) -> tuple[str, Any]:
    """The value and what is kept beside it, or the error; any other exception fails the test."""
    try:
        value = xml.decode(document, ImportJob, settings=settings_)
    except DecodeError as error:
        return "error", str(error)
    dates = [getattr(date, "_text", date) for date in (value.start_date, value.finish_date)]
    return "value", (
        value,
        value._extra,
        dates,
        [type(getattr(value, name)) for name in ("id", "start_date")],
    )


BASES = [
    COMPACT,
    sample("run-import-job"),
    re.sub(rb"> <(?!/ImportJob)", b">\n  <", sample("get-import-job")).replace(b"> </", b">\n</"),
    COMPACT.replace(
        b"<StartDate>2025-11-24T10:45:01.4007824+00:00</StartDate>", b'<StartDate i:nil="true" />'
    ),
]
PIECES = [
    b"", b" ", b"\n", b"\r", b"\x00", b"\x01", b"<", b">", b"&", b"&amp;", b"&#65;", b"]]>", b"<!-- c -->", b"<![CDATA[1]]>", b"<?p?>",
    b"</Id>", b"<Id>2</Id>", b"<New/>", b' i:nil="true"', b" a='1'", b"x:", b"-", b"+", b"0", b"9999999999", b"24", b"Z", b"\xc3\xa9",
    b"\xff", b"\xef\xbf\xbf", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b'xmlns="urn:x"', b"<!DOCTYPE a>", b'<?xml version="1.0"?>',
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid document with a few changes."""
    data = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        end = at + draw(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 20, 60]))
        middle = (
            draw(st.sampled_from(PIECES) | st.binary(max_size=3))
            if draw(st.booleans())
            else data[end : end + 40]
        )
        data = data[:at] + middle + data[end:]
    return data


@settings(max_examples=1200, deadline=None)
@given(mutated())
def test_speculation_changes_nothing(document: bytes) -> None:
    for base in BASES:  # so that every layout has been seen
        for _ in range(2):
            xml.decode(base, ImportJob)
    assert outcome(document, None) == outcome(document, FULL)


@settings(max_examples=300, deadline=None)
@given(mutated(), st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-16-le", "windows-1252", "nonsense"]))
def test_any_charset_decodes_or_is_refused(document: bytes, charset: str) -> None:
    outcome(document, xml.Settings(charset=charset))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_text_comes_back_as_it_was_or_is_refused(text: str) -> None:
    job = xml.decode(COMPACT, ImportJob)
    job.current_status = text
    dcs_text = re.sub("\r\n|\r", "\n", text)  # XmlWriter's own loss
    try:
        document = xml.encode(job)
    except xml.EncodeError:
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
        return
    assert xml.decode(document, ImportJob).current_status == dcs_text
    utf8 = xml.Settings(writer="utf8")
    assert xml.decode(xml.encode(job, settings=utf8), ImportJob).current_status == text
