"""Bodies of requests and answers: their types, and how each media type is written and read."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir import model as ir
from bindwright.standards.media_types import kind_of
from bindwright.targets.typescript.models.codecs import Codecs, Scope
from bindwright.targets.typescript.models.type_expressions import TypeExpressions, array_of, joined
from bindwright.targets.typescript.models.xml_facts import root_facts
from bindwright.targets.typescript.operations.body_forms import BodyForm
from bindwright.targets.typescript.operations.parts import (
    ENCODED,
    is_constant,
    is_form,
    item_of,
    names_parts,
    unread_type,
)
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call

DEFAULTS = {"json": "application/json", "xml": "application/xml"}
"""The media types that the runtime's formats are called by."""
_MEDIA_TYPES_OF_FORMATS = {
    "json": re.compile(r"(?!.*xml).*(json|csp-report)"),
    "xml": re.compile(r"(?!.*(json|csp-report)).*xml"),
}
"""Media types that the runtime's formats know of themselves, in lower case."""
_SEQUENCES = {"jsonl": "lines", "json-seq": "sequence", "sse": "events"}


_OF_RANGE = {**DEFAULTS, "binary": "application/octet-stream"}
"""What a body is sent as where the document has a range (``application/*+json``)."""


class Bodies:
    """Writes bodies."""

    def __init__(self, api: ir.Api, types: TypeExpressions, codecs: Codecs) -> None:
        self.api, self.types, self.codecs = api, types, codecs

    def forms(self, contents: list[ir.Content], scope: Scope) -> list[BodyForm]:
        """The forms of a body, in the document's order; JSON and XML of one type are one form."""
        if scope.side == "request":
            contents = _sendable(contents)
        return self._plain(contents, scope) or [self._form(content, scope) for content in contents]

    def _form(self, content: ir.Content, scope: Scope) -> BodyForm:
        return BodyForm(self._code(content, scope), _sent_as(content, scope), self._type(content, scope))

    def _plain(self, contents: list[ir.Content], scope: Scope) -> list[BodyForm] | None:
        """The codec alone, where it is all there is to say: JSON and XML of one type, by names that the formats know.

        What is sent has the name of the client's first format, so that both have to be offered by it.
        """
        offered = {content.media_type.lower(): content for content in contents}
        json, xml = offered.get(DEFAULTS["json"]), offered.get(DEFAULTS["xml"])
        if scope.side == "response":
            json = json or next((content for content in contents if content.kind == "json"), None)
            xml = xml or next((content for content in contents if content.kind == "xml"), None)
        elif json is None or (xml is None) is not (not self.api.xml):
            return None
        main = json or xml
        if main is None or main.use is None or not all(self._is_alike(content, main.use, xml) for content in contents):  # fmt: skip
            return None
        content_id = xml.root.content if xml is not None and xml.root is not None else None
        codec = self.codecs.use(main.use, content_id, scope)
        return [BodyForm(codec, main.media_type, self._type(main, scope), is_codec=True)]

    def _is_alike(self, content: ir.Content, use: ir.Use, xml: ir.Content | None) -> bool:
        """Whether a content is of the same type as others, in JSON or XML, and needs no name to be told."""
        pattern = _MEDIA_TYPES_OF_FORMATS.get(content.kind or "")
        if pattern is None or pattern.fullmatch(content.media_type.lower()) is None or content.use is None:
            return False
        if content.use.type != use.type:
            return False
        return content.kind == "json" or (self._is_own_root(content) and xml is not None and content.root == xml.root)  # fmt: skip

    def _is_own_root(self, content: ir.Content) -> bool:
        """Whether the root element is that of the body's type."""
        if content.use is None or content.root is None:
            return content.root is None
        root = self.api.types[content.use.type].root
        return root is not None and (root.name, root.namespace, root.content) == (content.root.name, content.root.namespace, content.root.content)  # fmt: skip

    def type_of(self, forms: list[BodyForm]) -> str:
        """The type of a body's value."""
        return joined(form.type for form in forms)

    def described(self, forms: list[BodyForm]) -> Any:
        """What the operation says of a body: one form, or a list of them."""
        codes = list(dict.fromkeys(form.code for form in forms))
        return codes[0] if len(codes) == 1 else codes

    def _type(self, content: ir.Content, scope: Scope) -> str:
        module, side = scope.module, scope.side
        if content.kind in _SEQUENCES:
            use = content.item_use or (self._item(content.use) if content.use is not None else None)
            item = self.types.use(use, side, module) if use is not None else module.runtime_type("ServerSentEvent") if content.kind == "sse" else module.runtime_type("Json")  # fmt: skip
            return f"AsyncIterable<{item}>"
        if (part := item_of(self.api, content)) is not None and (side == "response" or not is_form(content)):
            item = self.types.use(part, side, module)
            return f"AsyncIterable<{item}>" if side == "response" else array_of(item)
        if side == "response" and (unread := unread_type(self.api, content)) is not None:
            return unread
        if content.kind == "binary":
            return "Blob" if side == "response" else module.runtime_type("Upload")
        if content.use is None:
            return "string" if content.kind in ("text", "xml") else module.runtime_type("FormFields") if content.kind in ("form", "multipart") else module.runtime_type("Json")  # fmt: skip
        if content.kind == "text" and not self._is_text(content.use):
            return "string"
        return self.types.use(content.use, side, module)

    def _is_text(self, use: ir.Use) -> bool:
        return isinstance(self.api.types[use.type], (ir.Scalar, ir.Enum))

    def _item(self, use: ir.Use) -> ir.Use:
        """What a sequence is a sequence of: the items of its schema, where that is a list."""
        type_ = self.api.types[use.type]
        return type_.items if isinstance(type_, ir.Array) and type_.items is not None and not type_.prefix else use  # fmt: skip

    def _code(self, content: ir.Content, scope: Scope) -> Code:
        runtime, media_type = scope.module.runtime, _sent_as(content, scope)
        kind = content.kind or "binary"
        if kind in ("binary", "text"):
            codec = [self.codecs.use(content.use, None, scope)] if kind == "text" and content.use is not None and self._is_text(content.use) else []  # fmt: skip
            code = call(runtime("blob" if kind == "binary" else "plain"), [media_type, *codec])
            # Parts that are given as they are have a boundary, which the media type has to name.
            is_of_parts = scope.side == "request" and kind_of(content.media_type) == "multipart"
            return call(runtime("whole"), [code]) if is_of_parts else code
        if kind in _SEQUENCES:
            use = content.item_use or (self._item(content.use) if content.use is not None else None)
            codec = [self.codecs.use(use, None, scope)] if use is not None else []
            return call(runtime(_SEQUENCES[kind]), [*codec, *([] if codec else [Code("undefined")]), media_type])  # fmt: skip
        if scope.side == "response" and (part := item_of(self.api, content)) is not None:
            return call(runtime("positional"), [self.codecs.use(part, None, scope), media_type])
        if kind == "multipart" and content.item_use is not None and not is_form(content):
            codec_ = Code(f"{runtime('list')}({self.codecs.use(content.item_use, None, scope)})")
        elif content.use is None:
            codec_ = Code(runtime("string" if kind == "xml" else "any"))
        else:
            codec_ = self.codecs.use(content.use, content.root.content if content.root is not None else None, scope)  # fmt: skip
        if kind in ("form", "multipart"):
            if scope.side == "response" and names_parts(self.api, content):
                return call(runtime("named"), [codec_, media_type])
            if kind == "form" and scope.side == "response" and content.use is not None:
                return call(runtime("pairs"), [codec_, media_type])
            parts = dict(self._part(part, content, scope) for part in self._parts(content))
            parts = {name: said for name, said in parts.items() if said}
            return call(runtime(kind if kind == "form" or is_form(content) else "mixed"), [codec_, media_type, *([parts] if parts else [])])  # fmt: skip
        if kind == "xml":
            if content.root is not None and content.use is not None and not self._is_own_root(content):
                profile = Code(runtime("datacontract")) if content.root.profile == "datacontract" else None
                codec_ = call(runtime("rooted"), [codec_, root_facts(content.root, None, profile, self.api)])
            return call(runtime("xmlBody"), [codec_, *([media_type] if media_type != DEFAULTS["xml"] else [])])  # fmt: skip
        return call(runtime("jsonBody"), [codec_, *([media_type] if media_type != DEFAULTS["json"] else [])])

    def _part(self, part: ir.Part, content: ir.Content, scope: Scope) -> tuple[str, dict[str, Any]]:
        said: dict[str, Any] = {}
        if part.content_type is not None:
            said["contentType"] = part.content_type
        # The first of several types is sent; a range names none.
        first = (part.content_type or "*").partition(",")[0]
        kind = None if "*" in first else kind_of(first)
        if kind == "xml":
            said["write"] = Code(scope.module.runtime("toXml"))
        elif content.kind == "multipart" and self._is_delimited(part, content, kind):
            said["write"] = Code(scope.module.runtime("delimited"))
        if content.kind == "multipart" and part.style is not None and self._may_have_members(part, content):
            said["split"] = Code(scope.module.runtime("stylePairs"))
        if part.inner_separators and (member := self._member(part.name, content)) is not None:
            said["codec"] = self.codecs.styled(member, part.inner_separators, scope)
        if part.style is not None:
            said["style"] = part.style
        if part.explode is not None:
            said["explode"] = part.explode
        if part.allow_reserved and content.kind == "form":
            said["encode"] = Code(scope.module.runtime("keepReserved"))
        if content.kind == "multipart" and self._is_encoded(part.name, content):
            said["encoded"] = True
        if content.kind == "multipart" and not is_form(content) and (headers := self._constant_headers(part)):
            said["headers"] = headers
        return part.name, said

    def _constant_headers(self, part: ir.Part) -> dict[str, str]:
        """Headers of a part that have one value only: there is no other place to give one."""
        constant = [header for header in part.headers if is_constant(self.api, header)]
        types = [(header.name, self.api.types[header.use.type]) for header in constant]
        return {name: str(type_.members[0].value) for name, type_ in types if isinstance(type_, ir.Enum)}

    def _parts(self, content: ir.Content) -> list[ir.Part]:
        """What is said of parts, and those that have octets as text: the document says so at the member."""
        named = {part.name for part in content.parts}
        form = self.api.types[content.use.type] if content.use is not None else None
        members = form.properties if isinstance(form, ir.Object) and content.kind == "multipart" else ()
        others = [property_.name for property_ in members if property_.name not in named and self._is_encoded(property_.name, content)]  # fmt: skip
        return [*content.parts, *(ir.Part(name=name) for name in others)]

    def _member(self, name: str, content: ir.Content) -> ir.Use | None:
        """A member of a form."""
        form = self.api.types[content.use.type] if content.use is not None else None
        uses = (
            [property_.use for property_ in form.properties if property_.name == name]
            if isinstance(form, ir.Object)
            else []
        )
        return uses[0] if uses else None

    def _is_encoded(self, name: str, content: ir.Content) -> bool:
        """Whether octets of a member are text, in base64, say, and not a file."""
        member = self._member(name, content)
        type_ = self.api.types[member.type] if member is not None else None
        if isinstance(type_, ir.Array) and type_.items is not None:
            type_ = self.api.types[type_.items.type]
        return isinstance(type_, ir.Scalar) and type_.lexical is not None and type_.lexical.json in ENCODED

    def _may_have_members(self, part: ir.Part, content: ir.Content) -> bool:
        """Whether a part may be an object, which has a part for each of the pairs that its style makes."""
        member = self._member(part.name, content)
        type_ = self.api.types[member.type] if member is not None else None
        is_any = isinstance(type_, ir.Scalar) and type_.base == "any"
        return is_any or isinstance(type_, (ir.Object, ir.Map, ir.Union))

    def _is_delimited(self, part: ir.Part, content: ir.Content, kind: str | None) -> bool:
        """Whether a part may be one text of several values."""
        if kind == "json" or (kind is None and part.style is None):
            return False
        member = self._member(part.name, content)
        type_ = self.api.types[member.type] if member is not None else None
        if part.style is not None and isinstance(type_, (ir.Object, ir.Map)):
            return False
        is_whole = part.style is not None and part.content_type is None and part.explode is False
        if isinstance(type_, ir.Array) and not is_whole:
            type_ = self.api.types[type_.items.type] if type_.items is not None else None
        if part.style is None and isinstance(type_, (ir.Object, ir.Map)):
            return False  # an object has no other text than JSON
        return type_ is not None and not isinstance(type_, (ir.Scalar, ir.Enum))


def _sent_as(content: ir.Content, scope: Scope) -> str:
    """The media type of a body; a range (``application/*+json``) stays where answers are read."""
    if scope.side == "response" or "*" not in content.media_type:
        return content.media_type
    return _OF_RANGE.get(content.kind or "binary", content.media_type)


def _sendable(contents: list[ir.Content]) -> list[ir.Content]:
    """Contents of which the first of a kind is what is sent: ``application/json`` and ``application/xml`` go before others
    of theirs. A range beside the media type that it would be sent as is no choice."""
    offered = {content.media_type.lower() for content in contents}
    sendable = [
        content
        for content in contents
        if "*" not in content.media_type or _OF_RANGE.get(content.kind or "binary") not in offered
    ]
    for kind, name in DEFAULTS.items():
        places = [place for place, content in enumerate(sendable) if content.kind == kind]
        named = [place for place in places if sendable[place].media_type.lower() == name]
        if named and named[0] != places[0]:
            sendable.insert(places[0], sendable.pop(named[0]))
    return sendable
