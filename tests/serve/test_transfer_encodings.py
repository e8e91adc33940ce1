"""`contentEncoding` of a part is its Content-Transfer-Encoding (OpenAPI 3.1.1, 4.8.15.3), written and read on both sides."""

from __future__ import annotations

import importlib
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.runtime.http.model.message import Request
from bindwright.serve import Response
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.validation import forms
from bindwright.targets import python
from bindwright.testing import MockApi, MockTransport

DOCUMENT = """
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /codes:
    post: {operationId: sendCodes, tags: [x], requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Codes'}, encoding: {a: {contentType: image/png}}}}}, responses: {'204': {description: ok}}}
    put: {operationId: sendMixed, tags: [x], requestBody: {required: true, content: {multipart/mixed: {schema: {type: array, prefixItems: [{type: string}, {type: string, contentEncoding: base64}], items: false}}}}, responses: {'204': {description: ok}}}
    get: {operationId: codes, tags: [x], responses: {'200': {description: ok, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Codes'}}}}}}
components:
  schemas:
    Codes: {type: object, required: [a], properties: {a: {type: string, contentEncoding: base64}, b: {type: array, items: {type: string, contentEncoding: base64url}}, c: {type: string}}}
"""
ENCODED = b"".join(
    b'--b\r\nContent-Disposition: form-data; name="%s"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n' % case
    for case in ((b"c", b"quoted-printable", b"x=C3=A9"), (b"a", b"base64", b"AQI="), (b"d", b"BASE64", b"eA=="))
) + b"--b--\r\n"  # fmt: skip


def test_parts_say_how_they_are_encoded(tmp_path: Path) -> None:
    document = tmp_path / "document.yaml"
    document.write_text(DOCUMENT)
    name = package.unused_name()
    api = ir.lower(spec.load(document))
    module = package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    mock = MockApi.load(document)
    sent: list[bytes] = []

    class Watched(MockTransport):
        def exchange(self, request: Request, body: bytes) -> Response:
            sent.append(body)
            return super().exchange(request, body)

    watched = Watched(mock.app)
    try:
        with module.Client("http://mock.example", transport=watched) as client:
            client.x.send_codes(
                importlib.import_module(f"{name}.models").Codes(a=b"\1\2", b=[b"\xff", b"\0"], c="x")
            )
            client.x.send_mixed(("t", b"\1\2"))
            assert type(client.x.codes().a) is bytes
    finally:
        package.uninstall(name)
    assert all(call.refusal is None for call in watched.calls)
    head = b"\r\nContent-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s"
    assert b'name="a"' + head % (b"image/png", b"base64", b"AQI=\r\n") in sent[0]
    for text in (b"_w", b"AA"):
        assert b'name="b"' + head % (b"application/octet-stream", b"base64url", text) in sent[0]
    assert sent[0].count(b"Transfer") == 3
    assert head % (b"application/octet-stream", b"base64", b"AQI=\r\n") in sent[1]
    assert sent[1].count(b"Transfer") == 1


def test_parts_that_say_it_are_read() -> None:
    """A text that comes encoded is the text; base64 that the document describes is not decoded twice."""
    api = ir.lower(spec.loads(DOCUMENT))
    body = next(operation.body for operation in api.operations if operation.method == "POST")
    assert body is not None
    assert forms.multipart(api, body.contents[0], ENCODED, "b") == {"c": "x\u00e9", "a": "AQI=", "d": "x"}
