"""Modules of operations: a function over `fetch`, with the types of its arguments and answers."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from bindwright.ir import model as ir
from bindwright.targets.prose import clean, sentence
from bindwright.targets.typescript.models.codecs import Scope
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.models.type_expressions import joined
from bindwright.targets.typescript.naming.plan import OperationNames, camel
from bindwright.targets.typescript.operations.answers import accepting, described, rare_facts
from bindwright.targets.typescript.operations.bodies import Bodies
from bindwright.targets.typescript.operations.body_forms import BodyForm, OperationTypes
from bindwright.targets.typescript.operations.headers import AnswerHeaders, status_key
from bindwright.targets.typescript.operations.paging import item_type, page_facts
from bindwright.targets.typescript.operations.parts import body_of
from bindwright.targets.typescript.operations.paths import Paths, style_facts
from bindwright.targets.typescript.operations.servers import own_server
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.module import CONSTANT, Module
from bindwright.targets.typescript.syntax.text import comment, line, string

_PLACES = {"query": "inQuery", "header": "inHeader", "cookie": "inCookie", "querystring": "asQuery"}
_TEXTS = {"query": "queryText", "header": "headerText"}
"""What writes one text; `_PLACES` write any value."""


class Operations:
    """Writes the modules of an API's operations."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.api, self.models = api, models
        self.bodies = Bodies(api, models.types, models.codecs)
        self.headers = AnswerHeaders(api, models)
        self.paths = Paths(api, models.codecs)

    def module(self, operation: ir.Operation) -> Module:
        """One operation's module."""
        names = self.models.plan.operations[operation.id]
        module = Module(
            f"operations/{names.module}",
            [names.function, *names.aliases, *([names.headers] if names.headers else [])],
            is_source=self.models.as_source,
        )
        request, response = Scope(module, "", "request"), Scope(module, "", "response")
        body = self.bodies.forms(sent.contents, request) if (sent := body_of(operation)) is not None else []
        answers = {answer.status: self.bodies.forms(answer.contents, response) for answer in operation.responses}  # fmt: skip
        types = [
            self._arguments(operation, names, body, request),
            self._result(answers),
            self._failures(operation, answers),
        ]
        expression = self._expression(operation, names, body, answers, request)
        kind = "Operation"
        if operation.pages is not None:
            kind = "Paged"
            types.append(item_type(operation, operation.pages, self.models.types, module))
            expression = call(module.runtime("paged"), [expression, page_facts(operation, names)])
        elif operation.polling is not None and _is_waited_for(operation):
            kind = "Waiting"
            expression = call(module.runtime("waiting"), [expression, _wait_facts(operation.polling)])
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

    def _expression(
        self,
        operation: ir.Operation,
        names: OperationNames,
        body: list[BodyForm],
        answers: dict[str, list[BodyForm]],
        scope: Scope,
    ) -> Code:
        """What makes the operation, without its pages and what is waited for."""
        runtime = scope.module.runtime
        facts = rare_facts(self.api, operation, answers, scope)
        description = self._description(operation, names, body, answers, scope)
        if facts:
            description = [*description, *([[]] if len(description) == 3 else []), facts]
        constructor = runtime("operationWith" if facts else "operation")
        expression = call(constructor, description, 0, CONSTANT + len(names.function))
        if server := own_server(self.api, operation):
            expression = call(runtime("atServer"), [expression, *server])
        if names.older_arguments:
            older_names = {alias: names.arguments[key] for key, aliases in names.older_arguments.items() for alias in aliases}  # fmt: skip
            expression = call(runtime("renamed"), [expression, older_names])
        return expression

    def types_of(self, operation: ir.Operation, module: Module) -> OperationTypes:
        """The types of an operation, as `module` names them."""
        request, response = Scope(module, "", "request"), Scope(module, "", "response")
        body = self.bodies.forms(sent.contents, request) if (sent := body_of(operation)) is not None else []
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
        """The type of the arguments; of those that had other names, the name of today or an older one."""
        lines: list[str] = []
        choices: list[str] = []
        for parameter in operation.parameters:
            key = f"{parameter.location}:{parameter.name}"
            name, older = names.arguments[key], names.older_arguments.get(key, ())
            text = self.models.types.use(parameter.use, "request", scope.module)
            optional = "" if parameter.required or parameter.location == "path" else "?"
            head = comment([sentence(parameter.doc, parameter.use.doc)], 4, ["@deprecated"] if parameter.deprecated else [])  # fmt: skip
            if older:
                choices.append(_one_name(name, list(older), head, f"{optional}: {text}"))
            else:
                lines.append(f"{head}    {name}{optional}: {text};\n")
        if operation.body is not None and body:
            optional = "" if operation.body.required else "?"
            lines.append(f"{comment([clean(operation.body.doc)], 4)}    body{optional}: {self.bodies.type_of(body)};\n")  # fmt: skip
            if len(dict.fromkeys(form.type for form in body)) > 1:
                kinds = " | ".join(string(form.media_type) for form in body)
                lines.append(f"    contentType?: {kinds};\n")
        return " & ".join([*([_braced(lines)] if lines or not choices else []), *choices])

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
    ) -> list[Any]:
        """The arguments of `operation`: method, path, answers, and what writes the rest of a request."""
        runtime = scope.module.runtime
        said: list[Any] = [
            operation.method,
            self.paths.path(operation, names, scope),
            described(self.bodies, answers),
        ]
        writers = [
            self._parameter(parameter, names, scope)
            for parameter in operation.parameters
            if parameter.location != "path"
        ]
        if operation.body is not None and body:
            is_optional = [] if operation.body.required else [True]
            writers.append(call(runtime("sends"), [self.bodies.described(body), *is_optional]))
        if any(requirement for requirement in operation.requirements):
            distinct = dict.fromkeys(tuple(requirement) for requirement in operation.requirements)
            alternatives = [list(schemes) for schemes in distinct]
            writers.append(call(runtime("needs"), [alternatives]))
        writers += accepting(self.api, operation, scope)
        return [*said, *([writers] if writers else [])]

    def _parameter(self, parameter: ir.Parameter, names: OperationNames, scope: Scope) -> Code:
        argument = names.arguments[f"{parameter.location}:{parameter.name}"]
        runtime = scope.module.runtime
        if parameter.location in _TEXTS and self.paths.is_text(parameter):
            codec = self.models.codecs.type(parameter.use.type, None, scope, parameter.use.lexical)
            rest: list[Any] = [not parameter.required, *([] if argument == parameter.name else [argument])]
            rest = rest if rest != [False] else []
            return call(runtime(_TEXTS[parameter.location]), [parameter.name, codec, *rest])
        codec = self.models.codecs.styled(parameter.use, parameter.inner_separators, scope)
        said: dict[str, Any] = {} if parameter.required else {"optional": True}
        if argument != parameter.name:
            said["argument"] = argument
        said |= style_facts(parameter, scope)
        return call(runtime(_PLACES[parameter.location]), [parameter.name, codec, *([said] if said else [])])


def _braced(lines: list[str]) -> str:
    """An object type of members, on one line where it fits."""
    if not lines:
        return "{}"
    short = "{ " + "".join(lines).strip().removesuffix(";").replace(";\n    ", "; ") + " }"
    return short if "\n" not in short and len(short) < 100 else f"{{\n{''.join(lines)}  }}"


def _one_name(name: str, older: list[str], head: str, rest: str) -> str:
    """The type of an argument under one of the names that it has or had, and under no two of them."""
    parts: list[str] = []
    for each in (name, *older):
        about = head if each == name else comment([], 4, [f"@deprecated Renamed: use `{name}`."])
        others = [f"    {other}?: never;\n" for other in (name, *older) if other != each]
        parts.append(_braced([f"{about}    {each}{rest};\n", *others]))
    return f"({' | '.join(parts)})"


def _is_waited_for(operation: ir.Operation) -> bool:
    """Whether the package waits for the operation's state; the runtime repeats calls only."""
    return operation.polling is not None and not operation.polling.follow


_WAIT = {"interval": 1, "timeout": 600}
"""What the runtime takes where nothing is said, in seconds."""


def _wait_facts(polling: ir.Polling) -> dict[str, Any]:
    """What the document says of watching a state, beyond what the runtime does by itself."""
    return {
        camel(name): fact
        for name, fact in asdict(polling).items()
        if fact is not False and fact not in (None, "", []) and fact != _WAIT.get(name)
    }


def _is_success(status: str) -> bool:
    return status[:1] == "2"
