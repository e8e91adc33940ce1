"""The XML parser of the TypeScript runtime refuses what is not well-formed, document types, and what is too large."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.typescript.node import HERE, available, run
from tools.typescript import RUNTIME, xml_suite

NOT_WELL_FORMED = {
    "nothing": ["", " ", "a", "<", "<a", "<a>", "</a>", "<a/><b/>", "<a/>b", "x<a/>", "<a></b>", "<a><b></a></b>"],
    "names": ["<1/>", "<-a/>", "<a b:/>", "<:a/>", "<a:/>", "<a:b:c xmlns:a='u'/>", "<a 1='x'/>", "< a/>", "<a·/>x", "<\u00d7/>"],
    "attributes": ["<a b/>", "<a b=c/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a b='1'c='2'/>", "<a b='1\"/>", "<a b='&x;'/>", "<a b='&'/>"],
    "references": ["<a>&</a>", "<a>&b</a>", "<a>&b;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#xG;</a>", "<a>&#0;</a>", "<a>&#1;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>&#xFFFF;</a>", "<a>& lt;</a>", "<a>&constructor;</a>", "<a>&__proto__;</a>"],
    "characters": ["<a>\x00</a>", "<a>\x01</a>", "<a>\x0b</a>", "<a>\ufffe</a>", "<a b='\x02'/>", "<a>]]></a>", "<a><!--\x03--></a>"],
    "comments": ["<a><!-- -- --></a>", "<a><!-- --->\n</a>", "<a><!--></a>", "<a><!-- </a>", "<!--a"],
    "sections": ["<a><![CDATA[</a>", "<![CDATA[a]]>", "<a><![cdata[a]]></a>", "<a/><![CDATA[]]>"],
    "instructions": ["<a><?xml version='1.0'?></a>", " <?xml version='1.0'?><a/>", "<?xml?><a/>", "<?xml version='2.0'?><a/>", "<?xml encoding='utf-8'?><a/>", "<?xml version='1.0' standalone='maybe'?><a/>", "<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>", "<a><??></a>", "<a><?b</a>", "<a><?a:b c?></a>", "<a><?XML a?></a>"],
    "namespaces": ["<b:a/>", "<a b:c='1'/>", "<a xmlns:b=''/>", "<a xmlns:xml='u'/>", "<a xmlns:xmlns='u'/>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "<a xmlns:b='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns:b='u' xmlns:c='u' b:d='1' c:d='2'/>", "<xmlns:a/>"],
    "document types": ["<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"],
}  # fmt: skip
WELL_FORMED = [
    "<a/>", "\ufeff<a/>", "<?xml version='1.0' encoding='utf-8' standalone='no' ?>\n<!-- - --><a/><?b c?>\n", "<a b = '1' c=\"'&#9;>\"\n/>",
    "<é:ü xmlns:é='u'/>", "<a>&#x10FFFF;&lt;&amp;&gt;&quot;&apos;]] ></a>", "<a><![CDATA[<b>&c;]]]]><![CDATA[>]]></a >", "<a xmlns='u'><b xmlns=''/></a>",
    "<a xml:lang='de' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<__proto__ constructor='1'><hasOwnProperty/><toString/></__proto__>", "<a><?b?></a>", "<a\u0301/>",
]  # fmt: skip


def results(documents: list[dict[str, str]]) -> list[Any]:
    """True, or what is wrong, for each document."""
    output = run(str(HERE / "parse.mjs"), text="".join(json.dumps(document) + "\n" for document in documents))
    return [json.loads(line) for line in output.split("\n") if line]


@pytest.mark.parametrize("kind", NOT_WELL_FORMED)
def test_what_is_not_well_formed_is_refused(kind: str) -> None:
    texts = NOT_WELL_FORMED[kind]
    read = [
        text
        for text, result in zip(texts, results([{"text": text} for text in texts]), strict=True)
        if result is True
    ]
    assert read == []


def test_what_is_well_formed_is_read() -> None:
    answers = results([{"text": text} for text in WELL_FORMED])
    assert [
        (text, result) for text, result in zip(WELL_FORMED, answers, strict=True) if result is not True
    ] == []


def test_suite_of_w3c() -> None:
    """All documents that are not well-formed are refused, whatever their document type says, and none of the others
    that has no document type. The tests of XML 1.1 are left out.
    """
    folder = available(xml_suite)
    tests = dict(_tests(folder))
    answers = results([{"path": str(path)} for path in tests])
    wrong = []
    for (path, kind), result in zip(tests.items(), answers, strict=True):
        data = path.read_bytes().replace(b"\0", b"")
        if kind == "not-wf" or b"<!DOCTYPE" in data:
            if result is True and (
                kind == "not-wf" or re.search(rb"^(?:<\?.*?\?>|\s|<!--.*?-->)*<!DOCTYPE", data, re.DOTALL)
            ):
                wrong.append((path, kind, result))
        elif result is not True and kind == "valid":
            wrong.append((path, kind, result))
    assert wrong == []
    assert len(tests) > 1900
    assert sum(kind == "not-wf" for kind in tests.values()) > 1000


def _tests(folder: Path) -> Any:
    """Paths of documents and what they are: `valid`, `invalid`, `not-wf`."""
    for catalog in sorted(folder.rglob("*.xml")):
        text = catalog.read_text("latin-1")
        if "<TEST" not in text:
            continue
        for attributes in re.findall(r"<TEST\b([^>]*)>", text):
            declared = dict(re.findall(r"([\w-]+)\s*=\s*[\"']([^\"']*)[\"']", attributes))
            path = catalog.parent / declared.get("URI", "")
            if path.is_file() and "1.1" not in declared.get("RECOMMENDATION", ""):
                yield path, declared.get("TYPE", "")


def test_deep_documents_take_linear_time() -> None:
    """As many elements beside each other are the measure: both have the same costs of memory and of the compiler.

    Work at each element that grows with its depth would be 160,000² / 2 steps, which are seconds.
    """
    program = f"""
import {{ parseXml }} from {json.dumps(str(RUNTIME / "index.js"))};
const deep = '<a>'.repeat(160000) + '</a>'.repeat(160000);
const flat = '<r>' + '<a></a>'.repeat(160000) + '</r>';
let refused = '';
try {{ parseXml(deep); }} catch (error) {{ refused = error.message; }}
const limits = {{ depth: 1e6, size: 1e9, attributes: 256 }};
const time = (text) => {{
  const start = process.cpuUsage().user;
  parseXml(text, limits);
  return (process.cpuUsage().user - start) / 1000;
}};
const best = (text) => Math.min(...[1, 2, 3, 4, 5].map(() => time(text)));
console.log(JSON.stringify([refused, best(flat), best(deep)]));
"""
    refused, flat, deep = json.loads(run("--single-threaded-gc", "--input-type=module", "--eval", program))
    assert "deeper than 128" in refused
    assert deep < 10 * flat + 500, "milliseconds"


GROWING = {
    "white space within a text": "fromXml(J, `<j><a>x${' '.repeat(n)}y</a></j>`)",
    "white space in an end tag": "parseXml(`<a></a${' '.repeat(n)}b>`)",
    "white space behind the root": "fromXml(J, `<j><a>1</a>${' '.repeat(n)}x</j>`)",
    "white space between attributes": "parseXml(`<a${' '.repeat(n)}<`)",
    "references": "parseXml(`<a>${'&lt;'.repeat(n)}</a>`)",
    "an open reference": "parseXml(`<a>${'&'.repeat(n)}</a>`)",
    "comments": "parseXml(`<a>${'<!---->'.repeat(n)}</a>`)",
    "declarations": "parseXml(`${'<a xmlns=\"u\">'.repeat(100)}${'<b xmlns:p=\"q\"/>'.repeat(n)}`)",
    "items of another namespace": "for (const one of [xmlAnswers, plainXmlAnswers]) one.read(L, new TextEncoder().encode(`<l xmlns:x=\"u\">${'<x:i>1</x:i>'.repeat(n / 10)}</l>`))",
    "unknown elements between items": "toXml(L, fromXml(L, `<l>${'<i>1</i><u/>'.repeat(n / 20)}</l>`))",
    "zeros": "fromJson(D, `0.1${'0'.repeat(n)}1`)",
    "digits": "fromJson(any, `[${'1'.repeat(n)}]`)",
    "points": "fromJson(any, `[\"${'.0'.repeat(n)}\"]`)",
    "names that are numbers": "fromJson(any, `{${Array.from({ length: n / 10 }, (_, index) => `\"${index}\":1.50`).join()}}`)",
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_document(name: str) -> None:
    program = f"""
import {{ any, dotnetDecimal as D, fromJson, fromXml, int32, list, object, parseXml, plainXmlAnswers, toXml, xmlAnswers }} from {json.dumps(str(RUNTIME / "index.js"))};
const J = object({{ a: int32 }}, {{ name: 'j', elements: ['a'] }});
const L = list(int32, {{ name: 'l', item: 'i' }});
for (let turn = 0; turn < 8; turn++) fromXml(J, '<j><a>1</a></j>');
const once = (n) => {{ const start = process.cpuUsage().user; try {{ {GROWING[name]}; }} catch {{ }} return process.cpuUsage().user - start; }};
const time = (n) => Math.min(once(n), once(n), once(n));
once(1000);
console.log(JSON.stringify([time(20000), time(160000)]));
"""
    some, more = json.loads(run("--input-type=module", "--eval", program))
    assert more < 24 * some + 200_000, (
        "microseconds for eight times as much; quadratic time takes 64 times as long"
    )
