"""A small API built by hand, and codecs that need no models: for tests of the core alone."""

from __future__ import annotations

from typing import Any

import xmltodict
from bindwright.ir.model import (
    Api,
    Array,
    Body,
    Constraints,
    Content,
    Enum,
    EnumMember,
    Info,
    Object,
    Operation,
    Parameter,
    Property,
    Response,
    Scalar,
    SecurityScheme,
    Server,
    Use,
)
from bindwright.serve import App
from bindwright.serve.package.codecs import BodyPlace, CodecError

PET = "#/components/schemas/Pet"
ERROR = "#/components/schemas/Error"


class PlainCodecs:
    """XML by xmltodict under the type's name; "typed" values are JSON values."""

    def from_xml(self, body_place: BodyPlace, data: bytes, charset: str | None = None) -> Any:
        try:
            return next(iter(xmltodict.parse(data).values()))
        except Exception as error:
            raise CodecError(str(error)) from error

    def to_xml(self, body_place: BodyPlace, value: Any) -> bytes:
        text: str = xmltodict.unparse({"value": value}, full_document=False)
        return text.encode()

    def load(self, body_place: BodyPlace, value: Any) -> Any:
        return value

    def dump(self, body_place: BodyPlace, value: Any) -> Any:
        return value

    def argument(self, operation: Operation, parameter: Parameter, value: Any) -> Any:
        return value


def prop(owner: str, name: str, type_id: str, required: bool = False, **facts: Any) -> Property:
    return Property(name=name, use=Use(type=type_id, **facts), required=required, declared_in=owner)


def scalar(base: str, **facts: Any) -> Scalar:
    return Scalar(id=base, base=base, **facts)  # type: ignore[arg-type]


def types() -> dict[str, Any]:
    pet = Object(
        id=PET,
        name="Pet",
        properties=[
            prop(PET, "id", "integer", True, read_only=True, constraints=Constraints(minimum=1)),
            prop(PET, "name", "string", True, constraints=Constraints(min_length=2)),
            prop(PET, "secret", "string", write_only=True),
            prop(PET, "kind", "kind"),
            prop(PET, "friends", "pets"),
            prop(PET, "note", "string", nullable=True),
        ],
    )
    error = Object(
        id=ERROR,
        name="Error",
        properties=[prop(ERROR, "code", "integer", True), prop(ERROR, "message", "string", True)],
    )
    kind = Enum(id="kind", base="string", members=[EnumMember(value="cat"), EnumMember(value="dog")])
    plain = [scalar("integer"), scalar("string"), scalar("boolean"), scalar("number"), scalar("any")]
    return {t.id: t for t in [pet, error, kind, Array(id="pets", items=Use(type=PET)), *plain]}


def contents(type_id: str, *media_types: str, **facts: Any) -> list[Content]:
    return [Content(media_type=media_type, use=Use(type=type_id), **facts) for media_type in media_types]


def operation(method: str, path: str, *parameters: Parameter, **facts: Any) -> Operation:
    return Operation(id=f"{method} {path}", method=method, path=path, parameters=list(parameters), **facts)


def parameter(name: str, location: Any, type_id: str = "string", **facts: Any) -> Parameter:
    styles = {"path": ("simple", False), "header": ("simple", False)}
    style, explode = styles.get(location, ("form", True))
    return Parameter(
        **{"name": name, "location": location, "use": Use(type=type_id), "style": style, "explode": explode}
        | facts
    )


def shop() -> Api:
    both = ("application/json", "application/xml")
    ok = Response(status="200", contents=contents(PET, *both))
    failed = Response(status="4XX", contents=contents(ERROR, "application/json"))
    pet_id = parameter("petId", "path", "integer", required=True)
    listed = Content(
        media_type="application/json",
        use=Use(type="pets"),
        examples=["wrong", [{"id": 7, "name": "Rex"}], []],
        example_names=["", "rex", "none"],
    )
    return Api(
        info=Info(title="Shop", version="1"),
        servers=[Server(url="https://{host}/api/v1", variables=[("host", "example.org", [], "")])],
        types=types(),
        security_schemes={
            "key": SecurityScheme(name="key", kind="apiKey", parameter="X-Key", location="header")
        },
        operations=[
            operation("GET", "/pets/{petId}", pet_id, responses=[ok, failed]),
            operation("GET", "/pets/mine", responses=[Response(status="200", contents=contents(PET, *both))]),
            operation(
                "GET",
                "/pets",
                parameter(
                    "limit", "query", "integer", use=Use(type="integer", constraints=Constraints(maximum=10))
                ),
                parameter("kind", "query", "kind"),
                responses=[Response(status="200", contents=[listed])],
            ),
            operation(
                "POST",
                "/pets",
                body=Body(required=True, contents=contents(PET, *both)),
                responses=[Response(status="201", contents=contents(PET, *both)), Response(status="422")],
            ),
            operation(
                "DELETE", "/pets/{petId}", pet_id, security=[{"key": []}], responses=[Response(status="204")]
            ),
        ],
    )


def app(**facts: Any) -> App:
    return App(shop(), PlainCodecs(), **facts)
