"""Bodies are what their media types say: sequences, octets, and statuses without content."""

from __future__ import annotations

import pytest
from bindwright.standards.media_types import kind_of

from tests.ir.driver import api_of

DOCUMENT = """
paths:
  /a:
    get:
      responses:
        '200': {description: d, content: {MEDIA: {schema: SCHEMA}}}
        '204': {description: d, content: {MEDIA: {schema: SCHEMA}}}
components:
  schemas:
    Row: {type: object, properties: {n: {type: integer}}}
    Rows: {type: array, items: {$ref: '#/components/schemas/Row'}}
    Text: {type: string, maxLength: 5}
    Maybe: {type: [string, 'null'], format: uri}
"""
REF = "{$ref: '#/components/schemas/%s'}"


def content(media_type: str, schema: str) -> tuple[object, str | None, str | None]:
    """The base of what the schema became, and of the items: of the array, or beside it."""
    api = api_of(DOCUMENT.replace("MEDIA", media_type).replace("SCHEMA", schema))
    answer, empty = api.operations[0].responses
    assert empty.contents == []
    (described,) = answer.contents
    use, item = described.use, described.item_use.type if described.item_use else None
    type_ = api.types[use.type] if use is not None else None
    if type_ is not None and type_.kind == "array":
        return "array", type_.items.type if type_.items else None, item
    return getattr(type_, "base", None), None, item


ROW = "#/components/schemas/Row"


@pytest.mark.parametrize("media_type", ["application/jsonl", "application/x-ndjson", "application/json-seq"])
def test_the_schema_of_lines_is_that_of_one_line_or_of_all(media_type: str) -> None:
    assert content(media_type, REF % "Row") == (None, None, ROW)
    assert content(media_type, REF % "Rows") == ("array", ROW, None)


def test_the_schema_of_events_is_that_of_their_data() -> None:
    assert content("text/event-stream", REF % "Row") == ("array", ROW, None)
    assert content("text/event-stream", REF % "Rows") == ("array", ROW, None)
    base, item, _ = content("text/event-stream", "{type: string}")
    assert (base, item is not None) == ("array", True)


@pytest.mark.parametrize("media_type", ["application/jsonl", "application/json-seq"])
@pytest.mark.parametrize(
    ("schema", "kind"), [("{type: string}", "text"), (REF % "Row", "lines"), (REF % "Rows", "lines")]
)
def test_lines_that_are_described_as_a_text_are_one(media_type: str, schema: str, kind: str) -> None:
    api = api_of(DOCUMENT.replace("MEDIA", media_type).replace("SCHEMA", schema))
    (described,) = api.operations[0].responses[0].contents
    assert described.kind == (kind_of(media_type) if kind == "lines" else kind)


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "application/vnd.acme"])
@pytest.mark.parametrize(
    "schema", ["{type: string}", "{type: string, format: stream}", REF % "Text", REF % "Maybe"]
)
def test_octets_whatever_the_string_is(media_type: str, schema: str) -> None:
    assert content(media_type, schema) == ("binary", None, None)


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "application/xml", "'*/*'"])
def test_text_stays_text(media_type: str) -> None:
    assert content(media_type, "{type: string}") == ("string", None, None)


@pytest.mark.parametrize(
    ("media_type", "schema", "kind"),
    [
        ("'*/*'", REF % "Row", "json"),
        ("application/*", REF % "Rows", "json"),
        ("'*/*'", "{type: [integer, boolean]}", "json"),
        ("'*/*'", "{type: string}", "binary"),
        ("'*/*'", "{oneOf: [{type: object}, {type: string, format: binary}]}", "binary"),
        ("text/*", REF % "Row", "text"),
        ("application/octet-stream", REF % "Row", "binary"),
    ],
)
def test_what_no_octets_can_be_is_json_in_any_media_type(media_type: str, schema: str, kind: str) -> None:
    api = api_of(DOCUMENT.replace("MEDIA", media_type).replace("SCHEMA", schema))
    assert api.operations[0].responses[0].contents[0].kind == kind


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed"]
)
@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("{type: string}", "text"),
        ("{type: integer}", "text"),
        ("{enum: [a, b]}", "text"),
        ("{type: string, contentEncoding: base64}", "text"),
        ("{type: string, format: binary}", "binary"),
        ("{}", None),
        (REF % "Row", None),
    ],
)
def test_forms_without_members_are_what_they_are_described_as(
    media_type: str, schema: str, kind: str | None
) -> None:
    api = api_of(DOCUMENT.replace("MEDIA", media_type).replace("SCHEMA", schema))
    assert api.operations[0].responses[0].contents[0].kind == (kind or kind_of(media_type))


ENCODED = """
paths:
  /a:
    post:
      requestBody: {content: {MEDIA: {schema: {type: object, properties: {a: {type: object}}}, encoding: {a: ENCODING}}}}
      responses: {}
"""


@pytest.mark.parametrize(
    ("media_type", "encoding", "expected"),
    [
        ("application/x-www-form-urlencoded", "{explode: true}", ("form", True, None)),
        ("application/x-www-form-urlencoded", "{allowReserved: false}", ("form", True, None)),
        ("multipart/form-data", "{style: spaceDelimited, contentType: a/b}", ("spaceDelimited", False, None)),
        ("application/x-www-form-urlencoded", "{style: deepObject}", ("deepObject", True, None)),
        ("multipart/form-data", "{contentType: application/json}", (None, None, "application/json")),
        ("multipart/mixed", "{style: form, contentType: application/json}", (None, None, "application/json")),
    ],
)
def test_any_keyword_of_styles_is_one(media_type: str, encoding: str, expected: tuple[object, ...]) -> None:
    """OpenAPI 3.1.1, 4.8.15.1.2: as a parameter in a query, and then no media type counts."""
    api = api_of(ENCODED.replace("MEDIA", media_type).replace("ENCODING", encoding))
    assert api.operations[0].body is not None
    (part,) = api.operations[0].body.contents[0].parts
    assert (part.style, part.explode, part.content_type) == expected


def test_parts_without_names_are_told_and_keep_their_encodings() -> None:
    api = api_of("""
paths:
  /a:
    post:
      requestBody:
        content:
          multipart/mixed:
            schema: {type: array, prefixItems: [{type: object}], items: {type: string}}
            prefixEncoding: [{contentType: application/json, headers: {X-A: {schema: {const: b}}}}]
            itemEncoding: {contentType: text/csv}
          multipart/related: {itemSchema: {type: string}}
          multipart/form-data: {schema: {type: object}}
      responses: {}
""")
    assert api.operations[0].body is not None
    mixed, related, form = api.operations[0].body.contents
    assert [content.positional for content in (mixed, related, form)] == [True, True, False]
    assert [part.content_type for part in mixed.prefix_parts] == ["application/json"]
    assert [header.name for header in mixed.prefix_parts[0].headers] == ["X-A"]
    assert mixed.item_part is not None
    assert mixed.item_part.content_type == "text/csv"
