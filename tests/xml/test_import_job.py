"""The reference pages' samples: byte for byte, and however else a server may write them."""

from __future__ import annotations

import random
import re

import attrs
import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.xml.jobs import NAMESPACE, PAGES, ImportJob, sample


@pytest.mark.parametrize("page", PAGES)
def test_samples_come_back_byte_for_byte(page: str) -> None:
    data = sample(page)
    job = xml.decode(data, ImportJob)
    assert job.current_status == "sample string 2"
    assert job.start_date is not None
    assert job.start_date.microsecond == (400782 if page.startswith("get") else 643685)
    assert xml.encode(job) == data


def test_without_blanks_and_with_indentation() -> None:
    blank = sample("get-import-job")
    compact = blank.replace(b"> <", b"><")
    indented = re.sub(rb"> <(?!/ImportJob)", b">\n  <", blank).replace(b"> </", b">\n</")
    jobs = [xml.decode(layout, ImportJob) for layout in (blank, compact, indented)]
    assert jobs[0] == jobs[1] == jobs[2]
    assert [xml.encode(job) for job in jobs] == [blank, compact, indented]


def test_a_changed_value_is_written_in_nets_form() -> None:
    job = xml.decode(sample("get-import-job"), ImportJob)
    assert job.start_date is not None
    job.start_date = job.start_date.replace(microsecond=120000)
    job.finish_date = None
    written = xml.encode(job)
    assert b"<StartDate>2025-11-24T10:45:01.12Z</StartDate>" in written
    assert b'<FinishDate i:nil="true" />' in written


def test_any_order_and_any_prefix() -> None:
    data = sample("run-import-job").decode()
    elements = re.findall(r"<\w+>[^<]*</\w+>", data)
    expected = xml.decode(data, ImportJob)
    shuffled = list(elements)
    random.Random(5).shuffle(shuffled)
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", "".join(shuffled))
    document = f'<x:ImportJob xmlns:x="{NAMESPACE}">{prefixed}</x:ImportJob>'
    assert xml.decode(document, ImportJob) == expected
    assert xml.encode(xml.decode(document, ImportJob)) == data.replace("> <", "><").encode()


def test_lenient_names() -> None:
    bare = re.sub(r' xmlns[^"]*"[^"]*"', "", sample("get-import-job").decode())
    with pytest.raises(DecodeError, match=re.escape("/ImportJob")):
        xml.decode(bare, ImportJob)
    settings = xml.Settings(namespaces="lenient")
    assert xml.decode(bare, ImportJob, settings=settings) == xml.decode(sample("get-import-job"), ImportJob)


@pytest.mark.parametrize(
    ("change", "path", "expected"),
    [
        (("<Id>1</Id>", "<Id>x</Id>"), "/ImportJob/Id", "an integer"),
        (("<Id>1</Id>", "<Id>2147483648</Id>"), "/ImportJob/Id", "an integer"),
        (("<Id>1</Id>", "<Id/>"), "/ImportJob/Id", "an integer"),
        (("<Id>1</Id>", ""), "/ImportJob", "<Id>"),
        (("<Id>1</Id>", "<Id>1</Id><Id>1</Id>"), "/ImportJob/Id[2]", "one <Id>"),
        (("<Id>1</Id>", "<Id><b/></Id>"), "/ImportJob/Id", "an integer"),
        (("<Id>1</Id>", "<Id>1</Id>tail"), "/ImportJob", "elements only"),
        (("ImportJob ", "Job "), "/", "well-formed XML"),
        (("</ImportJob>", ""), "/", "well-formed XML"),
    ],
)
def test_errors_say_where_and_what(change: tuple[str, str], path: str, expected: str) -> None:
    with pytest.raises(DecodeError) as caught:
        xml.decode(sample("get-import-job").decode().replace(*change), ImportJob)
    assert caught.value.path == path
    assert caught.value.expected.startswith(expected)


def test_unknown_elements_and_attributes_stay_in_place() -> None:
    data = sample("get-import-job").replace(b"> <", b"><")
    data = data.replace(b"<Id>1</Id>", b'<Id note="a&quot;b">1</Id><New><Deep>x</Deep>y</New><!-- gone -->')
    data = data.replace(b"<ImportJob ", b'<ImportJob version="2" ')
    job = xml.decode(data, ImportJob)
    written = xml.encode(attrs.evolve(job, total_contacts=7))
    expected = data.replace(b"<!-- gone -->", b"").replace(b"<TotalContacts>1<", b"<TotalContacts>7<")
    expected = expected.replace(b' version="2"', b"").replace(
        b' xmlns="http://schemas', b' version="2" xmlns="http://schemas'
    )
    assert written == expected


def test_what_cannot_be_written_is_an_error_with_a_path() -> None:
    job = xml.decode(sample("get-import-job"), ImportJob)
    for name, value, path in (
        ("current_status", "a\x01b", "CurrentStatus"),
        ("id", "<x>", "Id"),
        ("id", None, "Id"),
    ):
        with pytest.raises(EncodeError) as caught:
            xml.encode(attrs.evolve(job, **{name: value}))
        assert caught.value.path == f"/ImportJob/{path}"
