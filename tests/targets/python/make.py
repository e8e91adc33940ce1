"""An API made by hand that uses every kind of type, every string slot and every part of an operation.

`build` hands each text of the "document" through a function that knows the slot, so that a test can put
anything into any slot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.ir import model as ir

Text = Callable[[str, str], str]
"""Slot and harmless text to the text that stands there."""


def plain(_: str, text: str) -> str:
    """Every slot holds its harmless text."""
    return text


class _Maker:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.api = ir.Api(
            info=ir.Info(
                title=text("info.title", "Pet Shop"),
                version=text("info.version", "release one"),
                summary=text("info.summary", "Sells pets."),
                doc=text("info.doc", "A shop in words."),
            )
        )

    def add(self, type_: Any) -> str:
        self.api.types[type_.id] = type_
        return str(type_.id)

    def id(self, name: str) -> str:
        return f"#/components/schemas/{name}"

    def xml(self, slot: str) -> ir.XmlFacts:
        return ir.XmlFacts(
            name=self.text(f"{slot}.xml.name", "Element"),
            namespace=self.text(f"{slot}.xml.namespace", "urn:pets"),
            prefix=self.text(f"{slot}.xml.prefix", "p"),
        )

    def types(self) -> None:
        text = self.text
        self.string = self.add(ir.Scalar(id="string", base="string"))
        self.integer = self.add(ir.Scalar(id="integer:int32", base="integer", format="int32"))
        self.when = self.add(ir.Scalar(id="string:date-time", base="string", format="date-time"))
        self.anything = self.add(ir.Scalar(id="any", base="any"))
        name = text("schema.name", "Pet Thing")
        self.pet = self.id("pet")
        self.add(
            ir.Object(
                id=self.pet,
                name=name,
                doc=text("schema.doc", "A pet."),
                title=text("schema.title", "Pet"),
                xml=self.xml("schema"),
                discriminator=text("discriminator", "Kind Of"),
            )
        )
        self.cat = self.add(
            ir.Object(
                id=self.id("cat"), name=text("derived.name", "Cat Thing"), doc=text("derived.doc", "A cat.")
            )
        )
        cat = self.api.types[self.cat]
        assert isinstance(cat, ir.Object)
        cat.base = self.pet
        self.colour = self.add(ir.Enum(
            id=f"{self.pet}/properties/colour", base="string", owner=self.pet, doc=text("enum.doc", "Colours."),
            context=(text("context.first", "Pet Thing"), text("context.second", "Colour Of")),
            members=[ir.EnumMember(value=text("enum.value", "light-red"), doc=text("enum.member.doc", "Red.")),
                     ir.EnumMember(value="other value", name=text("enum.member.name", "other name"))],
        ))  # fmt: skip
        self.named_enum = self.add(ir.Enum(
            id=self.id("state"), name=text("named_enum.name", "State Of"), base="integer", xml_names=True,
            members=[ir.EnumMember(value=1, name=text("named_enum.member", "On Sale"))],
        ))  # fmt: skip
        self.const = self.add(ir.Enum(
            id="const", base="string", const=True, members=[ir.EnumMember(value=text("const", "cat value"))]
        ))  # fmt: skip
        self.tags = self.add(ir.Array(id="tags", items=ir.Use(type=self.string, xml=self.xml("items"))))
        self.list = self.add(
            ir.Array(id=self.id("pets"), name=text("array.name", "Pet List"), items=ir.Use(type=self.pet))
        )
        self.map = self.add(
            ir.Map(id=self.id("labels"), name=text("map.name", "Label Map"), values=ir.Use(type=self.string))
        )
        self.sku = self.add(
            ir.Scalar(id=self.id("sku"), name=text("scalar.name", "Sku Code"), base="string",
                      format=text("scalar.format", "sku"), constraints=ir.Constraints(pattern=text("pattern", "[a-z]+")))
        )  # fmt: skip
        self.flag = self.add(
            ir.Scalar(
                id=self.id("flag"),
                name=text("alias.name", "Flag Of"),
                base="boolean",
                doc=text("alias.doc", "On or off."),
            )
        )
        self.union = self.add(ir.Union(
            id=self.id("animal"), name=text("union.name", "Animal Of"), members=[ir.Use(type=self.cat), ir.Use(type=self.pet)],
            discriminator=text("union.discriminator", "kind of"), mapping={text("mapping", "a cat"): self.cat},
        ))  # fmt: skip
        self.properties()

    def properties(self) -> None:
        text = self.text
        pet, cat = self.api.types[self.pet], self.api.types[self.cat]
        assert isinstance(pet, ir.Object)
        assert isinstance(cat, ir.Object)

        def prop(slot: str, harmless: str, use: ir.Use, *, required: bool = False) -> ir.Property:
            return ir.Property(name=text(slot, harmless), use=use, required=required, declared_in=self.pet)

        pet.properties = [
            prop(
                "property.name",
                "Id Of",
                ir.Use(type=self.integer, doc=text("property.doc", "Its id.")),
                required=True,
            ),
            prop("property.second", "Born At", ir.Use(type=self.when, nullable=True)),
            prop(
                "property.colour",
                "Colour Of",
                ir.Use(type=self.colour, has_default=True, default=text("default", "a default")),
            ),
            prop("property.tags", "Tag List", ir.Use(type=self.tags, xml=self.xml("property"))),
            prop("property.const", "Kind Of", ir.Use(type=self.const), required=True),
            prop("property.format", "Some Text", ir.Use(type=self.string, format=text("use.format", "odd"))),
            prop("property.parent", "Parent Of", ir.Use(type=self.pet, deprecated=True)),
            prop("property.any", "Any Thing", ir.Use(type=self.anything)),
            prop(
                "property.map",
                "Entry Map",
                ir.Use(
                    type=self.map,
                    entries=ir.Entries(
                        item=text("entries.item", "Entry"),
                        key=text("entries.key", "K"),
                        value=text("entries.value", "V"),
                        namespace=text("entries.namespace", "urn:entries"),
                        key_use=ir.Use(type=self.integer),
                    ),
                ),
            ),
        ]
        pet.additional = ir.Use(type=self.string)
        pet.member_order = [text("order", "Some Order")]
        pet.reference = ir.Reference(
            id=text("reference.id", "Id"),
            ref=text("reference.ref", "Ref"),
            attribute=text("reference.attribute", "z:Ref"),
        )
        cat.properties = [
            *pet.properties,
            ir.Property(
                name=text("derived.property", "Claw Count"),
                use=ir.Use(type=self.integer),
                declared_in=self.cat,
            ),
        ]

    def parameter(self, slot: str, harmless: str, location: Any, use: ir.Use, **more: Any) -> ir.Parameter:
        return ir.Parameter(
            name=self.text(f"{slot}.name", harmless), location=location, use=use,
            doc=self.text(f"{slot}.doc", "A parameter."), **more,
        )  # fmt: skip

    def operations(self) -> None:
        text = self.text
        pet_id = self.parameter(
            "path", "pet Id", "path", ir.Use(type=self.integer), required=True, style="simple"
        )
        get = ir.Operation(
            id="GET /pets/{pet Id}", method="get", path=text("path", "/pets/{pet Id}"),
            operation_id=text("operation_id", "get Pet"), tags=[text("tag", "Pet Tag")],
            summary=text("summary", "Get a pet."), doc=text("operation.doc", "Gets one."),
            parameters=[
                pet_id,
                self.parameter("query", "Tag Filter", "query", ir.Use(type=self.tags), explode=False),
                self.parameter("header", "X-Trace Id", "header", ir.Use(type=self.string), style="simple", explode=False),
                self.parameter("cookie", "Session Id", "cookie", ir.Use(type=self.string)),
                self.parameter("content", "Some Filter", "query", ir.Use(type=self.pet),
                               content=text("content.media", "application/json")),
            ],
            responses=[
                ir.Response(status="200", doc=text("response.doc", "Here."), contents=self.contents(self.union),
                            headers=[self.parameter("response.header", "X-Rate Limit", "header", ir.Use(type=self.integer))]),
                ir.Response(status=text("status", "4XX"), doc="No."),
            ],
            security=[{text("scheme", "Api Key"): [text("scope", "read:pets")]}],
            servers=[self.server()],
        )  # fmt: skip
        post = ir.Operation(
            id="POST /pets", method="post", path="/pets", tags=[text("tag", "Pet Tag")], operation_id="add pets",
            body=ir.Body(required=True, contents=self.contents(self.list), doc=text("body.doc", "Pets.")),
            responses=[ir.Response(status="201", contents=self.contents(self.list)), ir.Response(status="204")],
        )  # fmt: skip
        upload = ir.Operation(
            id="PUT /pets", method="put", path="/pets", tags=[],
            body=ir.Body(contents=[ir.Content(media_type="multipart/form-data", use=ir.Use(type=self.pet), parts=[
                ir.Part(name=text("part.name", "Some Part"), content_type=text("part.type", "image/png"))])]),
            responses=[ir.Response(status="default", contents=[ir.Content(media_type="application/octet-stream")])],
        )  # fmt: skip
        self.api.operations = [get, post, upload]

    def contents(self, type_: str) -> list[ir.Content]:
        return [
            ir.Content(media_type=self.text("media_type", "application/json"), use=ir.Use(type=type_)),
            ir.Content(media_type="application/xml", use=ir.Use(type=type_, xml=self.xml("content"))),
        ]

    def server(self) -> ir.Server:
        text = self.text
        return ir.Server(
            url=text("server.url", "https://{host}/v1"), doc=text("server.doc", "The server."),
            variables=[(text("variable.name", "host"), text("variable.default", "pets"),
                        [text("variable.value", "pets")], text("variable.doc", "The host."))],
        )  # fmt: skip

    def rest(self) -> None:
        text = self.text
        self.api.servers = [self.server()]
        self.api.tags = [ir.Tag(name=text("tag", "Pet Tag"), doc=text("tag.doc", "All of pets."))]
        name = text("scheme", "Api Key")
        self.api.security_schemes = {
            name: ir.SecurityScheme(name=name, kind="apiKey", parameter=text("scheme.parameter", "X-Key"),
                                    location="header", doc=text("scheme.doc", "The key.")),
            "OAuth 2": ir.SecurityScheme(name="OAuth 2", kind="oauth2", flows={"implicit": {
                "authorizationUrl": text("flow.url", "https://pets/auth"),
                "scopes": {text("flow.scope", "read:pets"): text("flow.scope.doc", "Read.")}}}),
        }  # fmt: skip
        self.api.security = [{name: []}, {}]


def build(text: Text = plain) -> ir.Api:
    """The API with its texts."""
    maker = _Maker(text)
    maker.types()
    maker.operations()
    maker.rest()
    return maker.api


def slots() -> list[str]:
    """The names of all slots."""
    names: dict[str, None] = {}

    def note(slot: str, text: str) -> str:
        names[slot] = None
        return text

    build(note)
    return list(names)
