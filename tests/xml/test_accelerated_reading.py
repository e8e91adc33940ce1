"""What the accelerator reads is what the reference reads: the same values, and the same kept beside them."""

from __future__ import annotations

import pickle
import random
import re
import time
from typing import Any

import attrs
import pytest
from bindwright.runtime import Model, Xml, root, wire, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.values.times import DateTime, read_datetime
from bindwright.runtime.xml.accelerated import read_plans
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.fast.layout_regex import MISS
from lxml import etree

from tests.leaks import blocks_kept
from tests.xml.test_both_paths import CYCLIC, kept, mutated, subjects
from tests.xml.test_hostile import PIECES
from tests.xml.test_nested_layouts import Bare, Page, documents, order

pytestmark = pytest.mark.skipif(
    read_plans.C is None, reason="the accelerator is not installed, or switched off"
)
UNKNOWN = [
    b"<u/>",
    b'<u a="1">t<v xmlns="urn:v">&lt;</v>w</u>',
    b'<x:u xmlns:x="urn:x" x:a="1"/>',
    b"<u>x:y</u>",
    b"<!-- c -->",
    b"<?pi?>",
]
INSIDE = [b' u="1"', b' xmlns:x="urn:x" x:u="&amp;"', b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"',
          b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="0"']  # fmt: skip


def settings(namespaces: Any, *, quick: bool) -> xml.Settings:
    return xml.Settings(namespaces=namespaces, speculate=quick)


class Both:
    """A codec that reads with the accelerator, and one that reads without."""

    def __init__(self, type_: Any, namespaces: Any = "strict") -> None:
        self.quick = XmlCodec(type_, None, COMMON, settings(namespaces, quick=True))
        self.full = XmlCodec(type_, None, COMMON, settings(namespaces, quick=False))
        reader = read_plans.quick_reader(self.quick.place, self.quick.settings)
        self.read = (lambda text: MISS) if reader is None else reader.attempt
        self.read_bytes = (lambda data: MISS) if reader is None else reader.read_bytes

    def compare(self, data: bytes, *, cyclic: bool = False) -> bool:
        """Compare what both make of a document; whether the accelerator read it."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            assert self.read_bytes(data) is MISS, data
            return False
        value = self.read(text)
        from_bytes = self.read_bytes(data)
        if value is MISS:
            assert from_bytes is MISS, data
            return False
        assert from_bytes is MISS or cyclic or repr(from_bytes) == repr(value), data
        try:
            full = self.full.decode(text)
        except DecodeError as error:
            pytest.fail(f"{error}: {data!r}")
        assert repr(value) == repr(full) or cyclic, data
        assert list(kept(value)) == list(kept(full)) or cyclic, data
        assert self.quick.encode(value) == self.full.encode(full), data
        return True


def shuffled(data: bytes, source: random.Random) -> bytes:
    """The elements of a document in another order, and among each other."""
    tree = etree.fromstring(data)
    for node in list(tree.iter()):
        children = list(node)
        if len(children) > 1 and not (node.text or "").strip() and source.random() < 0.7:
            source.shuffle(children)
            node[:] = children
    return etree.tostring(tree)


def disturbed(data: bytes, source: random.Random) -> bytes:
    """A document with unknown elements, attributes and nulls."""
    tags = [match.end() for match in re.finditer(rb"<[^!?>][^>]*(?<!/)>", data)]
    for place in sorted(source.sample(tags, min(len(tags), source.choice((1, 1, 2, 5)))), reverse=True):
        if source.random() < 0.6:
            data = data[:place] + source.choice(UNKNOWN) + data[place:]
        elif data[place - 2 : place - 1] != b"/" and data[:place].rpartition(b"<")[2][:1] != b"/":
            data = data[: place - 1] + source.choice(INSIDE) + data[place - 1 :]
    return data


@pytest.mark.parametrize("namespaces", ["strict", "lenient"])
def test_pages_are_read_the_same(namespaces: Any) -> None:
    source, count = random.Random(7), 0
    for type_, pages in documents().values():
        both = Both(type_, namespaces)
        for data in pages:
            count += both.compare(data)
            for _ in range(25):
                count += both.compare(shuffled(data, source))
                count += both.compare(disturbed(data, source))
                count += both.compare(disturbed(shuffled(data, source), source))
                both.compare(mutated(data, source, PIECES, source.choice(pages)))
    assert count > 300


def test_documents_of_many_types_are_read_the_same() -> None:
    source, count = random.Random(8), 0
    for name, (type_, pages, _) in subjects().items():
        both = Both(type_)
        for data in pages:
            count += both.compare(data, cyclic=name in CYCLIC)
            for _ in range(12):
                count += both.compare(disturbed(data, source), cyclic=name in CYCLIC)
                count += both.compare(
                    mutated(data, source, PIECES, source.choice(pages)), cyclic=name in CYCLIC
                )
    assert count > 150


@attrs.define(kw_only=True)
class Tree(Model):
    __wire__ = root("tree")

    name: str | None = attrs.field(default=None, metadata=wire("name", xml=Xml(node="attribute")))
    left: Tree | None = attrs.field(default=None, metadata=wire("left"))
    size: float | None = attrs.field(default=None, metadata=wire("size"))


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE tree [<!ENTITY a 'b'>]><tree name='&a;'/>",
        "<tree><!DOCTYPE a></tree>",
        "<tree>" * 300,
        "<tree><left>" + "<left>" * 300 + "</left>" * 300 + "</left></tree>",
        '<tree><size xmlns:a="urn:a" a:b="1" a:b="2">1</size></tree>',
        '<tree xmlns:a=""><size>1</size></tree>',
        "<tree><a:size>1</a:size></tree>",
        "<tree><size>1</size>]]></tree>",
        "<tree><size>&nbsp;</size></tree>",
        "<tree><size>&#0;</size></tree>",
        "<tree><size>1\ufffe</size></tree>",
        "<tree name='\ud800'/>",
        "<?xml version='1.1'?><tree/>",
        "<?xml version='1.0' encoding='nonsense'?><tree/>",
        "<tree/><tree/>",
        "<tree><?a:b c?></tree>",
        "<other/>",
        "<tree><size>1e999</size></tree>",
        "<tree><size>1</size><size>2</size></tree>",
        "<tree>text</tree>",
        "<tree><u " + " ".join(f"a{n}=''" for n in range(400)) + "/></tree>",
        "",
        "<tree><size xmlns='urn:other'>1</size></tree>",
        "<tree>\n <size>1</size>\n</tree>",
        "<tree><size>01.50</size></tree>",
        "<tree><size>-0</size><left><u>http://a:b</u></left></tree>",
        "<tree xmlns:q='urn:q'><u>q:name</u><u a='q:name'/></tree>",
        "<tree><size><![CDATA[1]]></size><!-- a --><left/><u>a<!-- b -->c<![CDATA[<d>]]></u></tree>",
        "<tree name='&#9;a&#10;b  c&lt;'><size>\r\n1.5</size></tree>",
    ],
)
@pytest.mark.parametrize("namespaces", ["strict", "lenient"])
def test_odd_documents_end_the_same(text: str, namespaces: Any) -> None:
    results = []
    for quick in (True, False):
        codec = XmlCodec(Tree, None, COMMON, settings(namespaces, quick=quick))
        try:
            value = codec.decode(text)
            results.append((repr(value), list(kept(value)), codec.encode(value)))
        except DecodeError as error:
            results.append(str(error))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    "data",
    [
        b"<tree><size>1</size></tree>",
        b"<?xml version='1.0'?><tree><size>1</size></tree>",
        b"<?xml version='1.0' encoding='utf-8'?>\n<tree><size>2</size></tree>\n",
        b"<?xml version='1.0' encoding='latin-1'?><tree name='\xe9'/>",
        b"<?xml version='1.0' encoding='utf-8'?><!DOCTYPE tree><tree/>",
        b"<?xml version='1.0' encoding='nonsense'?><tree/>",
        b"\xef\xbb\xbf<tree name='\xc3\xa9'/>",
        b"<tree name='\xe9'/>",
        "<tree name='\u00e9'/>".encode("utf-16"),
        "<tree name='\u00e9'/>".encode("utf-16-le"),
        b"<!-- c --><tree/>",
        b"<tree><size>x</size></tree>",
        b"<tree" + b" " * 400 + b"/>",
        b" <tree/>",
        b"",
    ],
)
def test_the_first_bytes_say_whether_a_document_is_read_like_those_before(data: bytes) -> None:
    results = []
    for quick in (True, False):
        codec = XmlCodec(Tree, None, COMMON, settings("strict", quick=quick))
        for number in range(40):  # each unlike the others, so that the accelerator reads them
            codec.decode(f"<tree><u{number}/><size>{number}</size></tree>".encode())
        for document in (data, data, b"<tree><size>3</size></tree>"):
            try:
                value = codec.decode(document)
                results.append((repr(value), list(kept(value)), codec.encode(value)))
            except DecodeError as error:
                results.append(str(error))
    assert results[:3] == results[3:]


@pytest.mark.parametrize(
    "start", ["", " ", "\n" * 80, "<!-- c -->", "<?p <tree> ?>", "<!--<tree>-->" * 20, "\ufeff"]
)
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="utf-8"?>'])
def test_a_dtd_is_seen_before_anything_is_parsed(declared: str, start: str) -> None:
    """What stands there may be entities without end."""
    text = f"{declared}{start}<!DOCTYPE tree [<!ENTITY e 'e'>]><tree><name>&e;</name></tree>"
    data = text.encode()
    begin = max(read_plans.utf8_start(data), 0)
    assert read_plans._may_define(data, begin)
    assert not read_plans._may_define(b"\n <tree><!D", 0)
    with pytest.raises(DecodeError):
        XmlCodec(Tree, None, COMMON, settings("strict", quick=True)).decode(text)


@pytest.mark.parametrize("size", [0, 100, 125, 240, 254, 255, 256, 500, 510, 511, 512, 2000])
def test_names_of_any_length_are_kept(size: int) -> None:
    """Their parts are put together where they stand, as far as there is room."""
    space = "\N{LATIN SMALL LETTER E WITH ACUTE}" * size
    text = f'<tree xmlns:u="urn:{space}"><u:n{"n" * size} u:a="1">x</u:n{"n" * size}><size>1</size></tree>'
    results = []
    for quick in (True, False):
        value = XmlCodec(Tree, None, COMMON, settings("strict", quick=quick)).decode(text)
        results.append((repr(value), list(kept(value))))
    assert results[0] == results[1]


@pytest.mark.parametrize("sign", ["n", "\N{LATIN SMALL LETTER E WITH ACUTE}"])
@pytest.mark.parametrize("place", ["<n{}/>", "<u n{}='1'/>", "<u><n{}/></u>", "<u:n{} xmlns:u='urn:u'/>"])
def test_names_that_are_too_long_are_errors(place: str, sign: str) -> None:
    for octets in (49_999, 50_000, 50_001, 60_000):
        name = sign * ((octets - 1) // len(sign.encode())) + "m" * ((octets - 1) % len(sign.encode()))
        text = f"<tree>{place.format(name)}</tree>"
        results = []
        for quick in (True, False):
            try:
                value = XmlCodec(Tree, None, COMMON, settings("strict", quick=quick)).decode(text)
                results.append(str(list(kept(value))))
            except DecodeError as error:
                results.append(str(error))
        assert results[0] == results[1]
        assert ("too long" in results[0]) == (octets > 50_000)


def test_a_layout_that_comes_after_others_is_learnt() -> None:
    codec = XmlCodec(Page, None, COMMON, settings("strict", quick=True))
    data = xml.encode(Page(total=1, orders=[order(1, random.Random(1))]))
    for _ in range(100):
        codec.decode(data.replace(b"<total>", b"<u/><total>"))
    assert codec._learnt.match(data.decode()) is MISS
    for _ in range(600):
        codec.decode(data)
    assert codec._learnt.match(data.decode()) is not MISS


@attrs.define(kw_only=True)
class Loose(Model):
    __wire__ = root("loose", namespace="urn:l")

    labels: dict[str, int] | None = attrs.field(default=None, metadata=wire("labels"))
    free: Any = attrs.field(default=None, metadata=wire("free"))
    meta: dict[str, Any] | None = attrs.field(default=None, metadata=wire("meta"))
    first: int | None = attrs.field(default=None, metadata=wire("first", xml=Xml(name="link")))
    second: str | None = attrs.field(default=None, metadata=wire("second", xml=Xml(name="link")))


def test_maps_free_values_and_members_of_one_name_are_read_the_same() -> None:
    both, source, count = Both(Loose), random.Random(6), 0
    pieces = [
        "<labels><a>1</a><b_x0020_c>2</b_x0020_c></labels>", "<labels/>", "<labels> </labels>", "<meta/>", "<meta> a </meta>", "<free/>",
        "<labels><a>1</a><a>2</a></labels>", "<labels><a xmlns='urn:o'>1</a></labels>", "<labels xmlns=''><a>1</a></labels>",
        "<free> a </free>", "<free><a>1</a><b/><a>&#160;2 </a> </free>", "<free><a><b> c </b></a><a/>d</free>", "<free>x:y<a/></free>",
        "<meta><a><b>1</b></a>\n<a xmlns='urn:m'/></meta>", "<meta><a x='1'/></meta>", "<meta><x:a xmlns:x='urn:l'/></meta>",
        "<link>1</link>", "<link>1</link><link>2</link>", "<link>1</link><u/><link>2</link><link>3</link>", "<meta>xsi:a</meta>",
    ]  # fmt: skip
    heads = [
        "xmlns='urn:l'",
        "xmlns='urn:l' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'",
        "xmlns='urn:l' xmlns:l='urn:l'",
    ]
    for _ in range(600):
        content = "".join(source.sample(pieces, source.choice((1, 1, 2, 3))))
        count += both.compare(f"<loose {source.choice(heads)}>{content}</loose>".encode())
    assert count > 100


def test_it_is_the_accelerator_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(total=3, orders=[order(number, random.Random(number)) for number in range(3)])
    data = xml.encode(page).replace(b"<placed>", b"<u/><placed>")
    codec = XmlCodec(Page, None, COMMON, settings("strict", quick=True))
    monkeypatch.setattr("bindwright.runtime.xml.codec.tree_of", None)
    assert codec.decode(data) == page


def test_time_grows_with_the_document() -> None:
    """Choices whose discriminator stands last, unknown elements, an order of its own: steps of C are not counted, so
    that eight times as much may take up to thirty times as long."""

    def seconds(count: int) -> float:
        page = Page(total=1, orders=[order(number, random.Random(number)) for number in range(count)])
        text = shuffled(xml.encode(page).replace(b"<placed>", b"<u/><placed>"), random.Random(2)).decode()
        read = Both(Page).read
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            assert read(text) is not MISS
            best = min(best, time.process_time() - start)
        return best

    assert seconds(1600) < 30 * max(seconds(200), 1e-4)


def test_nothing_is_kept_of_what_was_read_or_refused() -> None:
    """Blocks of memory, which a reference too many keeps and one too few gives back twice."""
    both, source = Both(Page), random.Random(4)
    page = Page(total=9, orders=[order(number, random.Random(number)) for number in range(9)])
    data = xml.encode(page)
    texts = [
        document.decode()
        for document in (data, shuffled(data, source), *(disturbed(data, source) for _ in range(20)))
    ]
    texts += [text[:-20] for text in texts] + [text.replace("<total>", "<total>x", 1) for text in texts]
    texts += [text.replace("<order ", "<order a='", 2) for text in texts]

    def turn() -> int:
        count = 0
        for text in texts:
            count += both.read(text) is not MISS
        return count

    for _ in range(5):
        assert 5 < turn() < len(texts) - 5
    assert blocks_kept(turn, 20) < 10 < len(texts)


def test_a_listing_without_its_namespace_is_left_to_the_reference() -> None:
    both = Both(Bare, "lenient")
    assert not both.compare(b'<listing xmlns="urn:any"><name>n</name></listing>')
    assert both.compare(b"<listing><name>n</name></listing>")


MOMENTS = [
    "2020-05-01T10:11:12.1234567+00:00", "2020-02-29T10:11:12.1234567Z", "2020-05-01T10:11:12.120Z", "2020-05-01T10:11:12.0Z",
    "2020-05-01T10:11:12.000000Z", "2020-05-01T10:11:12Z", "2020-05-01T10:11:12.123456Z", "9999-12-31T23:59:59.9999990Z",
    "0001-01-01T00:00:00.0000000+00:00",
]  # fmt: skip


def test_date_times_are_read_as_the_reference_reads_them() -> None:
    """Those that carry their texts, too: of texts with changed characters each is left, or read to the same value."""
    source, carried = random.Random(21), 0
    for _ in range(40_000):
        letters = list(source.choice(MOMENTS))
        for _ in range(source.choice((0, 1, 1, 2))):
            letters[source.randrange(len(letters))] = source.choice("00123456789:-+.TZt 69é")
        text = "".join(letters)
        value = read_plans.C.moment(text)
        if value is None:
            continue
        expected = read_datetime(text)
        assert (value, type(value), value.tzinfo) == (expected, type(expected), expected.tzinfo), text
        if isinstance(value, DateTime):
            assert value.text == text == expected.text
            assert pickle.loads(pickle.dumps(value)) == value
            carried += 1
    assert carried > 5000
    assert all(read_plans.C.moment(text) is not None for text in MOMENTS)
    assert (
        blocks_kept(
            lambda: [read_plans.C.moment(text) for text in (*MOMENTS, "2020-02-30T10:11:12.1234567Z", "x")],
            50,
        )
        < 25
    )
