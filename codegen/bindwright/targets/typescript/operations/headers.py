"""Headers of answers: a constant beside an operation reads those that the document describes, by status."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.prose import sentence
from bindwright.targets.typescript.models.codecs import Scope
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.naming.plan import OperationNames, described_headers
from bindwright.targets.typescript.operations.paths import MARKS
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.text import comment, key, string


class AnswerHeaders:
    """Writes the readers of headers."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models = api, models

    def declare(self, operation: ir.Operation, names: OperationNames, scope: Scope) -> None:
        """The constant that reads the headers of an operation's answers, where any are described."""
        if not names.headers:
            return
        runtime = scope.module.runtime
        types, readers = "", ""
        for response in operation.responses:
            described = described_headers(response)
            if not described:
                continue
            members = "".join(self._type(header, scope) for header in described)
            status = status_key(response.status)
            types += f"  readonly {status}: {scope.module.runtime_type('ReadHeaders')}<{{\n{members}  }}>;\n"
            codecs = {header.name: self._codec(header, scope) for header in described}
            readers += f"  {status}: /* @__PURE__ */ {call(runtime('headers'), [codecs], 2)},\n"
        head = comment([f"Headers of the answers of `{names.function}`, by status."])
        scope.module.constant(names.headers, f"{{\n{types}}}", f"{{\n{readers}}}", head)

    def _type(self, header: ir.Parameter, scope: Scope) -> str:
        text = (
            self.models.types.use(header.use, "response", scope.module)
            if self._is_typed(header)
            else "string"
        )
        optional = "" if header.required else "?"
        about = comment(
            [sentence(header.doc, header.use.doc)], 4, ["@deprecated"] if header.deprecated else []
        )
        return f"{about}    {key(header.name)}{optional}: {text};\n"

    def _codec(self, header: ir.Parameter, scope: Scope) -> Code:
        runtime = scope.module.runtime
        codecs = self.models.codecs
        if not self._is_typed(header):
            codec = Code(runtime("string"))
        elif header.style in MARKS:
            codec = codecs.joined(header.use, [MARKS[header.style], *header.inner_separators], scope)
        else:
            codec = codecs.styled(header.use, header.inner_separators, scope)
        if header.content is not None and self._is_typed(header):
            codec = Code(f"{runtime('inJson')}({codec})")
        return codec if header.required else Code(f"{runtime('optional')}({codec})")

    def _is_typed(self, header: ir.Parameter) -> bool:
        """Whether a text is read as the header's type: other documents than JSON, and objects in styles, are not."""
        if header.content is not None:
            return "json" in header.content
        type_ = self.api.types[header.use.type]
        if isinstance(type_, ir.Array):
            if "," in header.inner_separators and header.style not in MARKS:
                return False  # items with a comma are quoted strings
            return type_.items is not None and not type_.prefix and self._is_listed(type_.items, header.inner_separators)  # fmt: skip
        return self._is_scalar(header.use)

    def _is_listed(self, use: ir.Use, separators: list[str]) -> bool:
        """Whether an item is a scalar, or a list of such that is a text of its own."""
        type_ = self.api.types[use.type]
        if separators and isinstance(type_, ir.Array) and type_.items is not None:
            return not type_.prefix and self._is_listed(type_.items, separators[1:])
        return self._is_scalar(use)

    def _is_scalar(self, use: ir.Use) -> bool:
        type_ = self.api.types[use.type]
        if isinstance(type_, ir.Union):
            return all(self._is_scalar(member) for member in type_.members)
        return isinstance(type_, ir.Enum) or (isinstance(type_, ir.Scalar) and type_.base != "any")


def status_key(status: str) -> str:
    """A status as the name of a member."""
    return status if status.isdigit() or status == "default" else string(status)
