"""What is no number, or none that a double holds, is what it is in Python; what .NET escapes in JSON, others do not."""

from __future__ import annotations

import json

import pytest
from attrs import define
from bindwright.runtime import errors, xml
from bindwright.runtime import json as json_codec

from tests.typescript.node import run
from tools.typescript import RUNTIME

WORDS = [
    "0", "-0", "1.", ".5", "1e5", "+1", "1e308", "1e999", "-1e999", "INF", "-INF", "+INF", "Infinity", "-Infinity", "+Infinity",
    "NaN", "-NaN", "nan", "inf", "infinity", "0x1", "", "1_0", "\u0661",
]  # fmt: skip
READ = """
import {{ datacontract, dotnetDouble, double, fromJson, fromXml, object, string, toJson }} from '{runtime}/index.js';
const attempt = (act) => {{ try {{ return String(act()); }} catch {{ return 'refused'; }} }};
const sets = [[object({{ a: double }}, {{ name: 'Sample' }}), 'a'], [object({{ a: dotnetDouble }}, {{ name: 'Sample' }}), 'a']];
const results = sets.map(([codec]) => {words}.map((word) => [attempt(() => fromXml(codec, `<Sample><a>${{word}}</a></Sample>`).a), attempt(() => fromJson(codec, `{{"a":${{word}}}}`).a)]));
const text = 'a\\u0085\\u2028\\u2029"\\u0001';
const written = [{{}}, {{ profile: datacontract }}].map((facts) => toJson(object({{ a: string }}, {{ name: 'Sample', ...facts }}), {{ a: text }}));
console.log(JSON.stringify({{ results, written }}));
"""


@define(kw_only=True)
class Sample:
    a: float


def _text(value: str | float) -> str:
    """The same text for the same number, whatever its sign of zero."""
    return value if value == "refused" else repr(float(value) + 0)


def _python(word: str) -> list[str | float]:
    """What XML and JSON with a number are read as, as JavaScript writes it."""
    texts: list[str | float] = []
    for decode, document in (
        (xml.decode, f"<Sample><a>{word}</a></Sample>"),
        (json_codec.decode, f'{{"a":{word}}}'),
    ):
        try:
            texts.append(decode(document, Sample).a)
        except errors.DecodeError:
            texts.append("refused")
    return texts


@pytest.fixture(scope="module")
def answers() -> dict[str, list[list[list[str]]]]:
    script = READ.format(runtime=RUNTIME.as_uri(), words=json.dumps(WORDS))
    return json.loads(run("--input-type=module", "-e", script))


@pytest.mark.parametrize("profile", [0, 1], ids=["openapi", "datacontract"])
def test_numbers_are_those_of_python(answers: dict[str, list[list[list[str]]]], profile: int) -> None:
    for word, texts in zip(WORDS, answers["results"][profile], strict=True):
        assert list(map(_text, texts)) == list(map(_text, _python(word))), word


def test_profile_says_what_json_escapes(answers: dict[str, list[str]]) -> None:
    openapi, datacontract = answers["written"]
    assert openapi == '{"a":"a\x85\u2028\u2029\\"\\u0001"}'
    assert datacontract == '{"a":"a\\u0085\\u2028\\u2029\\"\\u0001"}'


CHOICE = """
import {{ choice, double, fromXml, integer, object, optional, string, toXml, union }} from '{runtime}/index.js';
const either = (number) => union([number, string], {{}}, {{ kind: choice({{ nodes: ['a', 'a'], types: ['integer', 'string'] }}) }});
const read = (number, word) => {{
  const codec = object({{ a: optional(either(number)) }}, {{ name: 'sample' }});
  const value = fromXml(codec, `<sample><a>${{word}}</a></sample>`);
  return [typeof value.a, toXml(codec, value)];
}};
console.log(JSON.stringify({words}.map((word) => [integer, double].map((number) => read(number, word)))));
"""


def test_texts_that_a_number_would_lose_are_texts() -> None:
    """Zeros of a postcode, the plus of a telephone: as the Python runtime reads them."""
    words = {
        "7": "number",
        "0": "number",
        "00720": "string",
        "+49": "string",
        "-007": "string",
        "-70": "number",
    }
    script = CHOICE.format(runtime=RUNTIME.as_uri(), words=json.dumps(list(words)))
    answers = json.loads(run("--input-type=module", "-e", script))
    for (word, kind), results in zip(words.items(), answers, strict=True):
        assert results == [[kind, f"<sample><a>{word}</a></sample>"]] * 2, word


CONTENT = """
import {{ attributes, choice, content, fromXml, integer, nodes, object, optional, string, toXml, union }} from '{runtime}/index.js';
const amount = object({{ id: optional(string), t: optional(string) }}, {{ name: 'Amount', elements: nodes([]), features: [attributes(['id']), content('t')] }});
const either = (...parts) => object({{ a: optional(union(parts, {{}}, {{ kind: choice({{ nodes: ['a', 'a'] }}) }})) }}, {{ name: 'sample' }});
const codecs = [either(integer, amount), either(amount, string)];
const results = {words}.map((word) => codecs.map((codec) => {{
  const value = fromXml(codec, `<sample>${{word}}</sample>`);
  return [value.a, fromXml(codec, toXml(codec, value)).a];
}}));
const written = codecs.map((codec) => fromXml(codec, toXml(codec, {{ a: {{ t: '5' }} }})).a);
console.log(JSON.stringify({{ results, written }}));
"""


def test_attributes_tell_an_object_with_a_text() -> None:
    words = ['<a id="1">5</a>', "<a>5</a>"]
    script = CONTENT.format(runtime=RUNTIME.as_uri(), words=json.dumps(words))
    answers = json.loads(run("--input-type=module", "-e", script))
    assert answers["results"] == [[[{"id": "1", "t": "5"}] * 2] * 2, [[5, 5], ["5", "5"]]]
    assert answers["written"] == [{"t": "5"}] * 2


def test_attributes_tell_an_object_beside_scalars_in_a_choice_of_their_own() -> None:
    script = f"""
    import {{ attributes, choice, fromXml, integer, nodes, object, optional, string, union }} from '{RUNTIME}/index.js';
    const tag = object({{ id: string }}, {{ name: 'Tag', elements: nodes([]), features: [attributes(['id'])] }});
    const either = (...parts) => union(parts, {{}}, {{ kind: choice({{ nodes: ['a', 'a'] }}) }});
    const sample = object({{ a: optional(either(either(integer, string), tag)) }}, {{ name: 'sample' }});
    console.log(JSON.stringify(['<a id="1"/>', '<a/>', '<a>5</a>'].map((a) => fromXml(sample, `<sample>${{a}}</sample>`).a)));
    """
    assert json.loads(run("--input-type=module", "--eval", script)) == [{"id": "1"}, "", 5]


def test_members_that_are_called_like_integers_stand_where_the_document_has_them() -> None:
    """JavaScript puts them first."""
    text = '{"b":1,"10":2,"a":3,"2":4}'
    program = f"""
    import {{ fromJson, int32, objectWith, toJson }} from '{RUNTIME}/index.js';
    const members = {{ b: int32, 10: int32, a: int32, 2: int32 }};
    const codec = objectWith(members, {{}}, {{ order: ['b', '10', 'a', '2'] }});
    const value = fromJson(codec, {json.dumps(text)});
    console.log(toJson(codec, value));
    """
    assert run("--input-type=module", "--eval", program) == f"{text}\n"
