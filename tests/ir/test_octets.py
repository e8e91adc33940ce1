"""``format: binary``: bytes as a body or a part of a form, text inside JSON."""

from __future__ import annotations

from tests.ir.driver import api_of

DOCUMENT = """
paths:
  /a:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                one: {$ref: '#/components/schemas/File'}
                two: {type: string, format: binary}
                many: {type: array, items: {type: string, format: binary}}
                inner: {$ref: '#/components/schemas/Json'}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Json'}}}}
        '201': {description: d, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
components:
  schemas:
    File: {type: string, format: binary}
    Text: {type: string, format: binary}
    Json:
      type: object
      properties:
        text: {$ref: '#/components/schemas/Text'}
        plain: {type: string, format: binary}
        many: {type: array, items: {type: string, format: binary}}
        map: {type: object, additionalProperties: {type: string, format: binary}}
"""


def test_raw_bytes_are_text_inside_json_and_bytes_in_forms() -> None:
    api = api_of(DOCUMENT)
    (post,) = api.operations
    assert post.body is not None
    form = api.types[post.body.contents[0].use.type]  # type: ignore[union-attr]
    json = api.types["#/components/schemas/Json"]

    def base(key: str) -> str:
        type_ = api.types[key]
        if type_.kind == "array":
            return base(type_.items.type)  # type: ignore[union-attr]
        return base(type_.values.type) if type_.kind == "map" else getattr(type_, "base", type_.kind)

    assert [base(property_.use.type) for property_ in form.properties] == ["binary", "binary", "binary", None]  # type: ignore[union-attr]
    assert [base(property_.use.type) for property_ in json.properties] == ["string"] * 4  # type: ignore[union-attr]
    assert base(post.responses[1].contents[0].use.type) == "binary"  # type: ignore[union-attr]
    assert api.types["string:binary"].format == "binary"  # type: ignore[union-attr]


RANGES = """
paths:
  /a:
    get:
      responses:
        '200': {description: d, content: {image/*: {schema: {type: [string, 'null']}}}}
        '201': {description: d, content: {video/*: {schema: {type: string, format: uuid}}}}
        '202': {description: d, content: {'*/*': {schema: {type: string}}}}
        '203': {description: d, content: {text/*: {schema: {type: string}}}}
"""


def test_strings_of_a_range_of_octets_are_octets() -> None:
    """OpenAPI 3.1.1, "Working with Binary Data"; text may be among what a range of all types covers."""
    api = api_of(RANGES)
    bases = [api.types[answer.contents[0].use.type].base for answer in api.operations[0].responses]  # type: ignore[union-attr]
    assert bases == ["binary", "binary", "string", "string"]
