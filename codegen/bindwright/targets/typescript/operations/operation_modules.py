"""Modules of operations: a function over `fetch`, with the types of its arguments and answers."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from bindwright.ir import model as ir
from bindwright.targets.prose import clean, sentence
from bindwright.targets.typescript.models.codecs import Scope
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.models.type_expressions import joined
from bindwright.targets.typescript.naming.plan import OperationNames, camel
from bindwright.targets.typescript.operations.bodies import Bodies, BodyForm
from bindwright.targets.typescript.operations.headers import AnswerHeaders, status_key
from bindwright.targets.typescript.operations.paging import item_type, page_facts
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.module import CONSTANT, Module
from bindwright.targets.typescript.syntax.text import Code, comment, line, string

_PLACES = {"path": "inPath", "query": "inQuery", "header": "inHeader", "cookie": "inCookie", "querystring": "asQuery"}  # fmt: skip
_TEXTS = {"path": "pathText", "query": "queryText", "header": "headerText"}
"""What writes one text; `_PLACES` write any value."""
_STYLES = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False), "cookie": ("form", True)}  # fmt: skip
"""The defaults of a location (OpenAPI 3.1.1, 4.8.12)."""


class OperationTypes(Struct):
    """What callers see of an operation beside its parameters."""

    body: str
    """The type of the request's body; empty without one."""
    result: str
    """The type of what a call gives; of pages and of what is waited for within ``Paged`` or ``Waiting``."""
    failures: dict[str, str]
    """The types of the bodies of other answers, by status."""


class Operations:
    """Writes the modules of an API's operations."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models = api, models
        self.bodies = Bodies(api, models.types, models.codecs)
        self.headers = AnswerHeaders(api, models)

    def module(self, operation: ir.Operation) -> Module:
        """One operation's module."""
        names = self.models.plan.operations[operation.id]
        module = Module(
            f"operations/{names.module}",
            [names.function, *names.aliases, *([names.headers] if names.headers else [])],
            is_source=self.models.as_source,
        )
        request, response = Scope(module, "", "request"), Scope(module, "", "response")
        body = self.bodies.forms(operation.body.contents, request) if operation.body is not None else []
        answers = {answer.status: self.bodies.forms(answer.contents, response) for answer in operation.responses}  # fmt: skip
        description = self._description(operation, names, body, answers, request)
        types = [
            self._arguments(operation, names, body, request),
            self._result(answers),
            self._failures(operation, answers),
        ]
        expression = call(module.runtime("operation"), [description], 0, CONSTANT + len(names.function))
        kind = "Operation"
        if operation.pages is not None:
            kind = "Paged"
            types.append(item_type(operation, operation.pages, self.models.types, module))
            expression = call(module.runtime("paged"), [expression, page_facts(operation, names)])
        elif operation.polling is not None and _is_waited_for(operation):
            kind = "Waiting"
            expression = call(module.runtime("waiting"), [expression, _camel_keys(asdict(operation.polling))])
        is_long = len("".join(types)) + len(names.function) > 70
        written = "\n  " + ",\n  ".join(types) + "\n" if is_long else ", ".join(types)
        returned = [
            text
            for answer in operation.responses
            if _is_success(answer.status) and (text := line(answer.doc))
        ]
        tags = [f"@returns {returned[0]}"] if returned else []
        tags += ["@deprecated"] if operation.deprecated else []
        head = comment([sentence(operation.summary, operation.doc)], 0, tags)
        module.constant(names.function, f"{module.runtime_type(kind)}<{written}>", expression, head)
        for alias in names.aliases:
            older = comment([], 0, [f"@deprecated Renamed: use `{names.function}`."])
            module.constant(alias, f"typeof {names.function}", names.function, older)
        self.headers.declare(operation, names, response)
        return module

    def types_of(self, operation: ir.Operation, module: Module) -> OperationTypes:
        """The types of an operation, as `module` names them."""
        request, response = Scope(module, "", "request"), Scope(module, "", "response")
        body = self.bodies.forms(operation.body.contents, request) if operation.body is not None else []
        answers = {answer.status: self.bodies.forms(answer.contents, response) for answer in operation.responses}  # fmt: skip
        result = self._result(answers)
        if operation.pages is not None:
            result = f"Paged<{result}, {item_type(operation, operation.pages, self.models.types, module)}>"
        elif _is_waited_for(operation):
            result = f"Waiting<{result}>"
        failures = {
            status: self.bodies.type_of(forms) if forms else "undefined"
            for status, forms in answers.items()
            if not _is_success(status)
        }
        return OperationTypes(self.bodies.type_of(body) if body else "", result, failures)

    def _arguments(
        self, operation: ir.Operation, names: OperationNames, body: list[BodyForm], scope: Scope
    ) -> str:
        """The type of the arguments."""
        lines: list[str] = []
        for parameter in operation.parameters:
            name = names.arguments[f"{parameter.location}:{parameter.name}"]
            text = self.models.types.use(parameter.use, "request", scope.module)
            optional = "" if parameter.required or parameter.location == "path" else "?"
            paragraphs = [sentence(parameter.doc, parameter.use.doc)]
            tags = ["@deprecated"] if parameter.deprecated else []
            lines.append(f"{comment(paragraphs, 4, tags)}    {name}{optional}: {text};\n")
        if operation.body is not None and body:
            optional = "" if operation.body.required else "?"
            lines.append(f"{comment([clean(operation.body.doc)], 4)}    body{optional}: {self.bodies.type_of(body)};\n")  # fmt: skip
            if len(dict.fromkeys(form.type for form in body)) > 1:
                kinds = " | ".join(string(form.media_type) for form in body)
                lines.append(f"    contentType?: {kinds};\n")
        if not lines:
            return "{}"
        short = "{ " + "".join(lines).strip().removesuffix(";").replace(";\n    ", "; ") + " }"
        return short if "\n" not in short and len(short) < 100 else f"{{\n{''.join(lines)}  }}"

    def _result(self, answers: dict[str, list[BodyForm]]) -> str:
        """The type of what a call gives: the bodies of the answers that are a success."""
        types = [
            self.bodies.type_of(forms) if forms else "undefined"
            for status, forms in answers.items()
            if _is_success(status)
        ]
        if not types and "default" in answers:
            types = [self.bodies.type_of(answers["default"]) if answers["default"] else "undefined"]
        return joined(types or ["undefined"])

    def _failures(self, operation: ir.Operation, answers: dict[str, list[BodyForm]]) -> str:
        """The bodies of the other answers, by status."""
        lines: list[str] = []
        for answer in operation.responses:
            if not _is_success(answer.status):
                forms = answers[answer.status]
                text = self.bodies.type_of(forms) if forms else "undefined"
                lines.append(f"{comment([clean(answer.doc)], 4)}    {status_key(answer.status)}: {text};\n")
        return f"{{\n{''.join(lines)}  }}" if lines else "{}"

    def _description(
        self,
        operation: ir.Operation,
        names: OperationNames,
        body: list[BodyForm],
        answers: dict[str, list[BodyForm]],
        scope: Scope,
    ) -> dict[str, Any]:
        said: dict[str, Any] = {"method": operation.method, "path": operation.path}
        if operation.parameters:
            said["parameters"] = [self._parameter(parameter, names, scope) for parameter in operation.parameters]  # fmt: skip
        if operation.body is not None and body:
            is_optional = [] if operation.body.required else [True]
            said["body"] = call(scope.module.runtime("sends"), [self.bodies.described(body), *is_optional])
        said["answers"] = {
            status: self.bodies.described(forms) if forms else Code("undefined")
            for status, forms in answers.items()
        }
        if any(requirement for requirement in operation.requirements):
            alternatives = [list(requirement) for requirement in operation.requirements]
            said["security"] = call(scope.module.runtime("needs"), [alternatives])
        if operation.servers:
            said["servers"] = [server.url for server in operation.servers]
        return said

    def _parameter(self, parameter: ir.Parameter, names: OperationNames, scope: Scope) -> Code:
        argument = names.arguments[f"{parameter.location}:{parameter.name}"]
        codec = self.models.codecs.use(parameter.use, None, scope)
        if self._is_text(parameter):
            rest: list[Any] = [] if parameter.location == "path" else [not parameter.required]
            rest += [] if argument == parameter.name else [argument]
            rest = rest if rest != [False] else []
            return call(scope.module.runtime(_TEXTS[parameter.location]), [parameter.name, codec, *rest])
        said: dict[str, Any] = {}
        if not parameter.required and parameter.location != "path":
            said["optional"] = True
        if argument != parameter.name:
            said["argument"] = argument
        style, explode = _STYLES.get(parameter.location, ("form", True))
        if parameter.style != style:
            said["style"] = Code(scope.module.runtime(camel(parameter.style)))
            explode = parameter.style in ("form", "deepObject")
        if parameter.explode != explode:
            said["explode"] = parameter.explode
        if parameter.allow_reserved:
            said["reserved"] = True
        if parameter.content is not None:
            said["content"] = parameter.content
        return call(scope.module.runtime(_PLACES[parameter.location]), [parameter.name, codec, *([said] if said else [])])  # fmt: skip

    def _is_text(self, parameter: ir.Parameter) -> bool:
        """Whether a parameter is one text, as its location has it by default: no code for styles is needed."""
        type_ = self.api.types[parameter.use.type]
        return (
            parameter.location in _TEXTS
            and isinstance(type_, (ir.Scalar, ir.Enum))
            and type_.lexical is not None
            and not (isinstance(type_, ir.Scalar) and type_.base in ("any", "binary", "never", "null"))
            and parameter.style == _STYLES[parameter.location][0]
            and parameter.content is None
            and not parameter.allow_reserved
        )


def _is_waited_for(operation: ir.Operation) -> bool:
    """Whether the package waits for the operation's state; the runtime repeats calls only."""
    return operation.polling is not None and not operation.polling.follow


def _camel_keys(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        camel(name): fact for name, fact in facts.items() if fact is not False and fact not in (None, "", [])
    }


def _is_success(status: str) -> bool:
    return status[:1] == "2"
