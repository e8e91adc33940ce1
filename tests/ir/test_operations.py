"""Operations: methods, parameters, bodies, responses, callbacks, and what may be odd about them."""

from __future__ import annotations

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Pagination, Polling

from tests.ir.driver import api_of, causes, document, named, only


def test_every_method_and_3_2() -> None:
    api = api_of(
        """
        paths:
          /a:
            get: {responses: {}}
            query: {responses: {}}
            trace: {responses: {}}
            additionalOperations: {COPY: {responses: {}}, Move: {responses: {}}}
        """,
        "3.2.0",
    )
    assert [operation.id for operation in api.operations] == [
        "GET /a",
        "QUERY /a",
        "TRACE /a",
        "COPY /a",
        "Move /a",
    ]


def test_a_fragment_tells_operations_apart_and_is_no_part_of_the_path() -> None:
    api = api_of("paths: {'/{b}': {get: {responses: {}}}, '/{b}#acl': {get: {responses: {}}}}")
    assert [(operation.id, operation.path, operation.fragment) for operation in api.operations] == [
        ("GET /{b}", "/{b}", ""),
        ("GET /{b}#acl", "/{b}", "acl"),
    ]


def test_parameters_of_the_path_and_of_the_operation() -> None:
    api = api_of(
        """
        paths:
          /a/{id}:
            servers: [{url: 'https://other'}]
            parameters:
            - {name: id, in: path, required: true, schema: {type: integer}}
            - {name: q, in: query, schema: {type: string}}
            get:
              parameters:
              - {name: q, in: query, required: true, schema: {type: integer}}
              - {name: q, in: header, schema: {type: string}}
              responses: {}
        """
    )
    operation = only(api)
    assert [(p.name, p.location, p.use.type, p.required) for p in operation.parameters] == [
        ("id", "path", "integer", True),
        ("q", "query", "integer", True),
        ("q", "header", "string", False),
    ]
    assert [server.url for server in operation.servers] == ["https://other"]


def test_an_undescribed_path_parameter_is_there() -> None:
    operation = only(api_of("paths: {'/a/{b}': {get: {responses: {}}}}"))
    assert [(p.name, p.location, p.required, p.use.type) for p in operation.parameters] == [
        ("b", "path", True, "string")
    ]


def test_a_path_parameter_that_the_path_does_not_have_is_left_out() -> None:
    parameter = "{{name: {}, in: path, required: true, schema: {{type: string}}}}"
    text = f"paths: {{/a: {{parameters: [{parameter.format('x')}], get: {{parameters: [{parameter.format('y')}], responses: {{}}}}}}}}"
    assert only(api_of(text)).parameters == []


@pytest.mark.parametrize("expression", ["ids*", ".ids*", ";ids", "ids+", "+ids", "ids:3", "/ids*"])
def test_operators_of_other_templates_are_no_part_of_a_name(expression: str) -> None:
    described = "{name: ids, in: path, required: true, style: matrix, schema: {type: array, items: {}}}"
    text = f"paths: {{'/a/{{{expression}}}': {{get: {{parameters: [{described}], responses: {{}}}}}}}}"
    loaded = document(text)
    operation = only(lower(loaded))
    assert (operation.path, [(p.name, p.style) for p in operation.parameters]) == (
        "/a/{ids}",
        [("ids", "matrix")],
    )
    named_so = api_of(text.replace("name: ids", f"name: '{expression}'"))
    assert only(named_so).path == f"/a/{{{expression}}}"


STYLES = [
    ("{name: a, in: query, schema: {type: array, items: {}}}", "form", True),
    ("{name: a, in: query, explode: false, schema: {type: array, items: {}}}", "form", False),
    ("{name: a, in: query, style: deepObject, schema: {type: object}}", "deepObject", True),
    ("{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {}}}", "pipeDelimited", False),
    ("{name: a, in: path, style: matrix, required: true, schema: {type: string}}", "matrix", False),
    ("{name: a, in: header, schema: {type: string}}", "simple", False),
    ("{name: a, in: cookie, schema: {type: string}}", "form", True),
    ("{name: a, in: header, style: form, schema: {type: string}}", "simple", False),
]


@pytest.mark.parametrize(("parameter", "style", "explode"), STYLES)
def test_styles_are_settled(parameter: str, style: str, explode: bool) -> None:
    operation = only(api_of(f"paths: {{'/{{a}}': {{get: {{parameters: [{parameter}], responses: {{}}}}}}}}"))
    settled = next(p for p in operation.parameters if "name: a, in: " + p.location in parameter)
    assert (settled.style, settled.explode) == (style, explode)


def test_content_parameters() -> None:
    parameter = (
        "{name: a, in: query, content: {application/json: {schema: {type: object, properties: {x: {}}}}}}"
    )
    operation = only(
        api_of(f"paths: {{/a: {{get: {{operationId: op, parameters: [{parameter}], responses: {{}}}}}}}}")
    )
    assert operation.parameters[0].content == "application/json"
    assert operation.parameters[0].use.type.endswith("/parameters/0/content/application~1json/schema")


def test_inline_types_are_called_by_their_operation() -> None:
    api = api_of(
        """
        paths:
          /a/{b}:
            post:
              requestBody: {content: {application/json: {schema: {type: object, properties: {x: {}}}}}}
              responses:
                '200': {content: {application/json: {schema: {type: object, properties: {y: {}}}}}}
                '404': {content: {application/json: {schema: {type: object, properties: {z: {}}}}}}
        """
    )
    contexts = [type_.context for type_ in api.types.values() if type_.kind == "object"]
    assert contexts == [
        ("post a b", "body"),
        ("post a b", "response"),
        ("post a b", "404", "response"),
    ]


def test_equal_schemas_of_several_media_types_are_one_type() -> None:
    schema = "{schema: {type: object, properties: {x: {type: string}}}}"
    api = api_of(
        f"""
        paths:
          /a:
            post:
              requestBody: {{content: {{application/xml: {schema}, application/json: {schema},
                text/csv: {{}}}}}}
              responses: {{}}
        """,
        media_types=("application/json",),
    )
    body = only(api).body
    assert body is not None
    assert [content.media_type for content in body.contents] == [
        "application/json",
        "application/xml",
        "text/csv",
    ]
    assert body.contents[0].use is body.contents[1].use
    assert body.contents[2].use is None


def test_shared_components_behind_references() -> None:
    api = api_of(
        """
        paths:
          /a: {$ref: '#/components/pathItems/A'}
        components:
          pathItems:
            A:
              get:
                parameters: [{$ref: '#/components/parameters/P'}]
                requestBody: {$ref: '#/components/requestBodies/B'}
                responses: {'200': {$ref: '#/components/responses/R'},
                  4xx: {$ref: '#/components/responses/R'}}
          parameters: {P: {name: p, in: query, schema: {enum: [a]}}}
          requestBodies: {B: {required: true, content: {application/json: {schema: {type: string}}}}}
          responses:
            R:
              description: r
              headers: {X-H: {$ref: '#/components/headers/H'}}
              content: {application/json: {schema: {type: object, properties: {x: {}}},
                examples: {e: {$ref: '#/components/examples/E'}}}}
              links: {next: {$ref: '#/components/links/L'}}
          headers: {H: {schema: {type: integer}}}
          examples: {E: {value: {x: 1}}}
          links: {L: {operationId: op, parameters: {a: $response.body#/x}}}
        """
    )
    operation = only(api)
    assert operation.parameters[0].name == "p"
    assert api.types[operation.parameters[0].use.type].context == ("P",)
    assert operation.body is not None
    assert operation.body.required
    assert [answer.status for answer in operation.responses] == ["200", "4XX"]
    first = operation.responses[0]
    assert (first.headers[0].name, first.headers[0].use.type) == ("X-H", "integer")
    assert first.contents[0].examples == [{"x": 1}]
    assert (first.links[0].operation, first.links[0].parameters) == ("op", {"a": "$response.body#/x"})
    assert api.types[first.contents[0].use.type].context == ("R", "response")  # type: ignore[union-attr]


def test_callbacks_and_webhooks() -> None:
    api = api_of(
        """
        paths:
          /a:
            post:
              operationId: subscribe
              responses: {}
              callbacks:
                done:
                  '{$request.body#/url}':
                    post:
                      requestBody:
                        content: {application/json: {schema: {type: object, properties: {x: {}}}}}
                      responses: {}
        webhooks: {ping: {post: {responses: {}}}}
        """
    )
    (call,) = only(api).callbacks
    assert (call.method, call.path) == ("POST", "{$request.body#/url}")
    assert call.body is not None
    assert [webhook.id for webhook in api.webhooks] == ["webhook POST ping"]


def test_security_tags_and_extensions() -> None:
    api = api_of(
        """
        security: [{key: []}]
        tags: [{name: a, description: A}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
        paths:
          /a:
            get: {tags: [a, b], security: [], responses: {}, x-pagination: {style: link, items: '', first: x},
              x-poll: {state: /s, done: x, interval: 2}, x-bindwright-name: fetch, x-other: 1}
        """
    )
    operation = only(api)
    assert api.security == [{"key": []}]
    assert (operation.security, operation.tags, operation.pages, operation.polling) == (
        [],
        ["a", "b"],
        Pagination(style="link"),
        Polling(state="/s", done=["x"], interval=2.0),
    )
    assert (operation.names, operation.extensions) == ({"*": "fetch"}, {"x-other": 1})
    scheme = api.security_schemes["key"]
    assert (scheme.kind, scheme.parameter, scheme.location) == ("apiKey", "X-Key", "header")


@pytest.mark.parametrize("raw", ["5", "{style: sideways}", "{}", "[]", "{state: 5}"])
def test_what_says_too_little_of_pages_and_polling_is_nothing(raw: str) -> None:
    operation = only(
        api_of(f"paths: {{/a: {{get: {{responses: {{}}, x-pagination: {raw}, x-poll: {raw}}}}}}}")
    )
    assert (operation.pages, operation.polling) == (None, None)


def test_tokens_that_are_wanted_together_are_alternatives() -> None:
    """A request has one header `Authorization`; with another scheme beside them, they still want that, too."""
    api = api_of(
        """
        security: [{implicit: [read], code: [read, write]}]
        components:
          securitySchemes:
            implicit: {type: oauth2, flows: {}}
            code: {type: oauth2, flows: {}}
            jwt: {type: http, scheme: bearer}
            user: {type: http, scheme: basic}
            key: {type: apiKey, in: header, name: X-Key}
        paths:
          /a:
            get: {security: [{jwt: [], key: [], code: [write]}, {}], responses: {}}
            put: {security: [{user: [], jwt: []}], responses: {}}
            post: {responses: {}}
        """
    )
    get, post, put = sorted(api.operations, key=lambda operation: operation.method)
    assert api.security == [{"implicit": ["read", "write"]}, {"code": ["read", "write"]}]
    assert post.requirements == api.security
    assert get.security == [{"jwt": ["write"], "key": []}, {"key": [], "code": ["write"]}, {}]
    assert put.security == [{"user": [], "jwt": []}]


def test_what_follows_for_http_is_settled() -> None:
    api = api_of(
        """
        security: [{key: []}]
        components:
          schemas:
            In: {type: object, required: [a, b], properties: {a: {type: string, readOnly: true}, b: {type: string}}}
            Out: {type: object, required: [c], properties: {c: {type: string, writeOnly: true}}}
        paths:
          /a:
            post:
              requestBody: {content: {application/csp-report: {schema: {$ref: '#/components/schemas/In'}}}}
              responses: {'200': {description: d, content: {image/svg+xml: {schema: {$ref: '#/components/schemas/Out'}},
                application/vnd.a+xml: {schema: {$ref: '#/components/schemas/Out'}}}}}
            get: {security: [{}], responses: {}}
        """
    )
    get, post = sorted(api.operations, key=lambda operation: operation.method)
    assert (post.requirements, get.requirements) == ([{"key": []}], [{}])
    assert post.body is not None
    assert [content.kind for content in post.body.contents] == ["json"]
    assert [content.kind for content in post.responses[0].contents] == ["binary", "xml"]
    assert (named(api, "In").side, named(api, "Out").side) == ("request", "response")
    settled = [
        (property_.name, property_.presence, property_.side) for property_ in named(api, "In").properties
    ]
    assert settled == [("a", None, "response"), ("b", "always", None)]
    assert [(property_.presence, property_.side) for property_ in named(api, "Out").properties] == [
        (None, "request")
    ]


def test_options_win() -> None:
    text = "paths: {/a: {get: {operationId: op, responses: {}, x-pagination: {style: next}}}}"
    operation = only(api_of(text, names={"GET /a": "fetch"}, pagination={"op": {"style": "link"}}))
    assert (operation.names, operation.pages) == ({"*": "fetch"}, Pagination(style="link"))


def test_nothing_is_lost_where_things_are_wrong() -> None:
    api = api_of(
        """
        paths:
          /a:
            get: {parameters: [{name: a, in: query}, {name: b, in: wrong, schema: {}}, 5], responses: null}
            post: {operationId: x, requestBody: {$ref: '#/no'}, responses: {'200': null,
              ok: {description: d}}}
          /b: {get: {operationId: x}}
          /c: null
        """
    )
    assert [operation.id for operation in api.operations] == ["GET /a", "POST /a", "GET /b"]
    assert [(p.name, p.location) for p in api.operations[0].parameters] == [("a", "query"), ("b", "query")]
    assert api.operations[1].body is not None
    assert [response.status for response in api.operations[1].responses] == ["200", "ok"]
    assert causes(api) == [
        "invalid-parameter",
        "invalid-parameter",
        "invalid-response",
        "unresolved-reference",
    ]


SWAGGER = """
        host: api.example.com
        basePath: /v1
        schemes: [http, https]
        consumes: [application/json]
        produces: [application/json, application/xml]
        securityDefinitions: {o: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t,
          scopes: {s: x}}, b: {type: basic}}
        definitions: {Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}}
        parameters: {limit: {name: limit, in: query, type: integer, format: int32, maximum: 5}}
        paths:
          /a:
            get:
              parameters:
              - {$ref: '#/parameters/limit'}
              - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: multi}
              - {name: tags, in: query, type: array, items: {type: string}}
              - {name: X-Ids, in: header, type: array, items: {type: string}, collectionFormat: pipes}
              responses: {'200': {description: ok, schema: {$ref: '#/definitions/Pet'},
                headers: {X-N: {type: integer}}, examples: {application/json: {kind: x}}}}
            put: {parameters: [{name: pet, in: body, required: true,
              schema: {$ref: '#/definitions/Pet'}}], responses: {}}
            post: {consumes: [multipart/form-data], parameters: [{name: f, in: formData, type: file,
              required: true}, {name: n, in: formData, type: array, items: {type: string}}],
              responses: {}}
"""


def test_swagger() -> None:
    api = api_of(SWAGGER, "2.0")
    assert [server.url for server in api.servers] == [
        "https://api.example.com/v1",
        "http://api.example.com/v1",
    ]
    get, put, post = api.operations
    assert [(p.name, p.use.type.rpartition("/")[2], p.style, p.explode) for p in get.parameters] == [
        ("limit", "integer:int32", "form", False),
        ("ids", "1", "form", True),
        ("tags", "2", "form", False),
        ("X-Ids", "3", "pipeDelimited", False),
    ]
    assert get.parameters[0].use.constraints is not None
    assert [content.media_type for content in get.responses[0].contents] == [
        "application/json",
        "application/xml",
    ]
    assert get.responses[0].contents[0].examples == [{"kind": "x"}]
    assert get.responses[0].headers[0].use.type == "integer"
    assert put.body is not None
    assert (put.body.name, put.body.required, put.body.contents[0].media_type) == (
        "pet",
        True,
        "application/json",
    )
    assert post.body is not None
    form = post.body.contents[0]
    assert form.media_type == "multipart/form-data"
    assert form.use is not None
    kind = api.types[form.use.type]
    required = {property_.name: property_.required for property_ in kind.properties}  # type: ignore[union-attr]
    assert required == {"f": True, "n": False}
    assert kind.properties[0].use.type.startswith("binary")  # type: ignore[union-attr]
    assert [part.name for part in form.parts] == ["n"]
    assert api.types["#/definitions/Pet"].discriminator == "kind"  # type: ignore[union-attr]
    assert api.security_schemes["o"].flows == {
        "authorizationCode": {"authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "x"}}
    }
    assert (api.security_schemes["b"].kind, api.security_schemes["b"].scheme) == ("http", "basic")
    assert causes(api) == []


def test_encodings_of_parts() -> None:
    api = api_of(
        """
        paths:
          /a:
            post:
              requestBody:
                content:
                  multipart/form-data:
                    schema: {type: object, properties: {f: {type: string, format: binary}, j: {type: object}}}
                    encoding:
                      f: {contentType: image/png, headers: {X-A: {schema: {type: string}}}}
                      j: {style: deepObject, explode: true}
              responses: {}
        """
    )
    body = only(api).body
    assert body is not None
    first, second = body.contents[0].parts
    assert (first.name, first.content_type, first.headers[0].name) == ("f", "image/png", "X-A")
    assert (second.style, second.explode) == ("deepObject", True)


def test_parameters_that_repeat_or_hold_lists_of_lists_are_told() -> None:
    read = document(
        """
        paths:
          /a:
            parameters: [{name: a, in: query, type: string}]
            get:
              parameters:
                - {name: a, in: query, type: integer}
                - {name: b, in: query, type: string}
                - {name: b, in: query, type: boolean}
                - {name: c, in: query, type: array, items: {type: array, items: {type: string}, collectionFormat: pipes}}
              responses: {}
        """,
        "2.0",
    )
    api = lower(read)
    (get,) = api.operations
    assert [parameter.use.type for parameter in get.parameters[:2]] == ["integer", "boolean"]
    assert causes(api) == []
    assert get.parameters[2].inner_separators == ["|"]
    assert [diagnostic.code for diagnostic in read.diagnostics.items if diagnostic.level == "warning"].count(
        "duplicate-parameter"
    ) == 1


@pytest.mark.parametrize("consumes", ["multipart/form-data", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    ("outer", "inner", "degraded"),
    [
        ("pipes", "csv", ""),
        ("multi", "csv", ""),
        ("csv", "csv", "parts"),
        ("ssv", "ssv", "all"),
        ("csv", "tsv", ""),
    ],
)
def test_lists_in_a_list_have_their_own_separator(
    consumes: str, outer: str, inner: str, degraded: str
) -> None:
    read = document(
        f"""
        paths:
          /a:
            post:
              consumes: [{consumes}]
              parameters:
                - {{name: a, in: formData, type: array, items: {{type: string}}, collectionFormat: pipes}}
                - name: b
                  in: formData
                  type: array
                  collectionFormat: {outer}
                  items: {{type: array, collectionFormat: {inner}, items: {{type: array, collectionFormat: pipes, items: {{type: string}}}}}}
                - name: c
                  in: header
                  type: array
                  collectionFormat: {outer if outer != "multi" else "csv"}
                  items: {{type: array, collectionFormat: {inner}, items: {{type: string}}}}
              responses: {{}}
        """,
        "2.0",
    )
    api = lower(read)
    separator = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}[inner]
    (post,) = api.operations
    assert post.body is not None
    parts = {part.name: part.inner_separators for part in post.body.contents[0].parts}
    where = "form" if outer == "pipes" else ""  # pipes within csv within pipes
    assert parts == {"a": [], "b": [separator, "|"]}
    assert post.parameters[0].inner_separators == [separator]
    expected = {"": 0, "all": 2, "parts": int(consumes.startswith("multipart"))}[degraded] + (where == "form")
    assert causes(api) == ["nested-list"] * expected


def test_security_schemes_that_clients_do_not_support_are_told() -> None:
    from bindwright.ir import LowerOptions, lower

    from tests.ir.driver import document

    loaded = document(
        """
        components:
          securitySchemes:
            digest: {type: http, scheme: Digest}
            strange: {type: saml2}
            bearer: {type: http, scheme: bearer}
            own: {type: http, scheme: hoba}
            tls: {type: mutualTLS}
        """
    )
    lower(loaded, options=LowerOptions())
    messages = [
        item.message for item in loaded.diagnostics.items if item.code == "unsupported-security-scheme"
    ]
    assert ["`digest`" in messages[0], "`strange`" in messages[1], len(messages)] == [True, True, 2]
    unknown = [item.message for item in loaded.diagnostics.items if item.code == "unknown-http-scheme"]
    assert ["`own`" in message for message in unknown] == [True]
