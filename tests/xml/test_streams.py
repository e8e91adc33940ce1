"""Streams: one item at a time, the same items as in one piece, whatever the document looks like."""

from __future__ import annotations

import io
import re
import time
import tracemalloc
from collections.abc import Iterator

import attrs
import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.xml.tree.byte_streams import split_documents

from tests.xml.jobs import ImportJob, sample

COMPACT = sample("get-import-job").replace(b"> <", b"><")
JOBS = [attrs.evolve(xml.decode(COMPACT, ImportJob), id=number) for number in range(500)]
LIST = xml.encode(JOBS, list[ImportJob])


def chunks(data: bytes, size: int) -> io.BytesIO:
    """A file that gives few bytes at a time."""

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    return Slow(data)


def test_the_writer_writes_what_encode_writes() -> None:
    file = io.BytesIO()
    with xml.writer(file, list[ImportJob]) as out:
        for job in JOBS:
            out.write(job)
    assert file.getvalue() == LIST


@pytest.mark.parametrize("size", [1000, 7919, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_items_one_by_one(size: int, encoding: str) -> None:
    data = LIST if encoding == "utf-8" else LIST.decode().encode(encoding)
    assert list(xml.iter_decode(chunks(data, size), ImportJob)) == JOBS


def test_a_document_that_changes_its_layout_half_way() -> None:
    odd = LIST.replace(
        b"<ImportJob><ContactListId>1</ContactListId>",
        b"<ImportJob>\n<ContactListId> 1</ContactListId><!-- c -->",
    )
    mixed = LIST[: len(LIST) // 2] + LIST[len(LIST) // 2 :].replace(b"<Id>", b"<Id ><!-- x -->")
    assert list(xml.iter_decode(io.BytesIO(odd), ImportJob)) == JOBS
    assert list(xml.iter_decode(chunks(mixed, 5000), ImportJob)) == JOBS
    assert xml.decode(mixed, list[ImportJob]) == JOBS


def test_a_fault_comes_after_the_items_before_it() -> None:
    broken = LIST.replace(b"<Id>400</Id>", b"<Id>x</Id>")
    jobs: list[ImportJob] = []
    with pytest.raises(DecodeError, match="an integer"):
        iter_into(io.BytesIO(broken), jobs)
    assert jobs == JOBS[:400]
    for bad in (LIST[:-30], LIST.replace(b"<ArrayOf", b"<!DOCTYPE a><ArrayOf", 1), b"", LIST + b"<a/>"):
        with pytest.raises(DecodeError):
            list(xml.iter_decode(io.BytesIO(bad), ImportJob))


@pytest.mark.parametrize("speculate", [True, False])
@pytest.mark.parametrize("count", [1, 2, 5, 400])
@pytest.mark.parametrize("broken", [b"&none;", b"<Id>1</Name>", b"\xff", b"\x01"])
def test_what_is_no_xml_comes_after_the_items_before_it(broken: bytes, count: int, speculate: bool) -> None:
    item = b"<ImportJob>"
    head, *items = LIST.split(item)
    data = item.join([head, *items[:count], broken])
    settings = xml.Settings(speculate=speculate)
    for size in (700, len(data)):
        jobs: list[ImportJob] = []
        with pytest.raises(DecodeError):
            iter_into(chunks(data, size), jobs, settings)
        assert jobs == JOBS[:count]


def test_what_ends_before_a_source_that_breaks() -> None:
    cut = LIST.index(b"<ImportJob>", len(LIST) // 2)

    def source() -> Iterator[bytes]:
        yield LIST[:cut]
        raise OSError("gone")

    jobs: list[ImportJob] = []
    with pytest.raises(OSError, match="gone"):
        iter_into(source(), jobs)
    assert jobs == JOBS[: LIST[:cut].count(b"<ImportJob>")]


def iter_into(
    source: io.BytesIO | Iterator[bytes], jobs: list[ImportJob], settings: xml.Settings | None = None
) -> None:
    for job in xml.iter_decode(source, ImportJob, settings=settings):
        jobs.append(job)


def test_documents_one_after_the_other() -> None:
    several = b"\n".join(xml.encode(job) for job in JOBS[:20])
    assert list(xml.iter_documents(chunks(several, 700), ImportJob)) == JOBS[:20]
    with pytest.raises(DecodeError, match="the end of the document"):
        list(xml.iter_documents(io.BytesIO(several[:-5]), ImportJob))


def test_nothing_of_a_bad_item_is_written() -> None:
    file = io.BytesIO()
    with xml.writer(file, list[ImportJob]) as out:
        out.write(JOBS[0])
        with pytest.raises(EncodeError, match=re.escape("/ImportJob/Id")):
            out.write(attrs.evolve(JOBS[1], id="1"))
        out.write(JOBS[2])
    assert xml.decode(file.getvalue(), list[ImportJob]) == [JOBS[0], JOBS[2]]


def test_memory_does_not_grow_with_the_document() -> None:
    data = xml.encode(JOBS * 20, list[ImportJob])
    file = chunks(data, 1 << 16)
    next(iter(xml.iter_decode(io.BytesIO(LIST), ImportJob)))
    tracemalloc.start()
    assert sum(1 for _ in xml.iter_decode(file, ImportJob)) == len(JOBS) * 20
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(data) / 4


SECTIONS = [
    "<a><!-- x > <b> y --><c/></a>", "<a x=\"1>2\" y='<'>t</a>".replace("'<'", "'&lt;'"), "<a><![CDATA[<q> ]] > </a>]]></a>",
    "<!-- lead <z> --><a/>", "<a><?pi <k> ?></a>", '<?xml version="1.0"?>\n<a>\n<b/></a>',
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7, 11, 4096])
def test_documents_are_told_apart_wherever_the_chunks_end(size: int) -> None:
    first = f"<p>{'x' * 5000}</p>"
    data = "\n".join([first, *SECTIONS]).encode()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(split_documents(iter(pieces))) == [first, *SECTIONS]


@pytest.mark.parametrize("inner", ["{}", "<!--{}-->", "<![CDATA[{}]]>", "<b c='{}'/>"])
def test_telling_documents_apart_is_linear(inner: str) -> None:
    document = f"<a>{inner.format('x' * 8_000_000)}</a>".encode()
    pieces = [document[at : at + 4096] for at in range(0, len(document), 4096)]
    started = time.monotonic()
    assert len(list(split_documents(iter(pieces)))) == 1
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "broken", ["<a", "<a>", "<a><", "<a><b </a>", '<a b="', "<!-- x", "<a/><![CDATA[", "<?x", "x"]
)
def test_what_does_not_end_is_refused(broken: str) -> None:
    with pytest.raises(DecodeError):
        list(xml.iter_documents([broken.encode()], ImportJob))


def test_limits_hold_for_the_items_of_a_stream() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(300))
    crowded = LIST.replace(b"<Id>3</Id>", f"<Id {attributes}>3</Id>".encode())
    jobs: list[ImportJob] = []
    with pytest.raises(DecodeError, match="at most 256 attributes"):
        jobs.extend(iter_into(crowded, jobs))
    assert jobs == JOBS[:3]
    tight = xml.Settings(limits=xml.Limits(text=10), speculate=False)
    with pytest.raises(DecodeError, match="at most 10 characters"):
        list(xml.iter_decode([LIST], ImportJob, settings=tight))


def test_a_dtd_is_refused_behind_any_prolog() -> None:
    data = b"<!-- " + b"x" * 6000 + b' --><!DOCTYPE a [<!ENTITY e "boo">]>' + LIST
    with pytest.raises(DecodeError, match="without a DTD"):
        list(xml.iter_decode(chunks(data, 1000), ImportJob))
