"""The surface of a package, read from its written modules.

It holds what type checkers and editors see, and nothing else: classes and their bases, fields, members of enumerations,
methods with their parameters, aliases and what is deprecated. Models are where they are imported from, whichever module
holds them. Used for packages of earlier versions, for models in other styles, and as a second opinion on `planned`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from bindwright.targets.surface import Surface, Symbol


def written_surface(files: Mapping[str, str], package: str) -> Surface:
    """The surface of a package.

    Args:
        files: relative POSIX paths to texts, as `emit` gives them.
        package: its import name; empty where its modules stand at the top (the layout ``package``).
    """
    folder = f"{package.replace('.', '/')}/" if package else ""
    symbols: dict[str, Symbol] = {}
    for path, text in files.items():
        if not path.startswith(folder) or not path.endswith(".py"):
            continue
        names = path.removeprefix(folder).removesuffix(".py").split("/")
        if any(name == "__main__" for name in names):
            continue
        names = names[:-1] if names[-1] == "__init__" else names
        if names[:1] == ["dicts"]:
            continue  # the models in another form, for type checkers
        tree = ast.parse(text)
        if names and names[0] == "models":
            names = names[:1]
        elif names[:1] == ["client"]:
            names = []
        symbols.update(_module(tree, ".".join(names), is_init=path.endswith("__init__.py")))
    return Surface(target="python", symbols=symbols)


def _module(tree: ast.Module, prefix: str, *, is_init: bool) -> Iterator[tuple[str, Symbol]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _class(node, _join(prefix, node.name))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield from _assignment(node, node.targets[0].id, prefix, is_init=is_init)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id  # an alias of a type in the modules of other styles
            if not name.startswith("_") and node.value is not None:
                yield _join(prefix, name), {"kind": "alias", "value": _text(node.value)}


def _assignment(node: ast.Assign, name: str, prefix: str, *, is_init: bool) -> Iterator[tuple[str, Symbol]]:
    if name == "__all__" and is_init and not prefix:
        for export in ast.literal_eval(node.value):
            if not export.startswith("__") and export not in ("Client", "AsyncClient"):
                yield export, {"kind": "export"}
    elif name == "_RENAMED":
        for alias, current in ast.literal_eval(node.value).items():
            deprecation = f"Renamed: use `{current}`."
            yield _join(prefix, alias), {"kind": "alias", "value": current, "deprecated": deprecation}
    elif not name.startswith("_") and isinstance(node.value, ast.Call):
        arguments = node.value.args
        if len(arguments) == 2 and _text(node.value.func).endswith("TypeAliasType"):
            # Ours are strings, for names that come later; those of pydantic are expressions.
            value = arguments[1]
            text = str(value.value) if isinstance(value, ast.Constant) else _text(value)
            yield _join(prefix, name), {"kind": "alias", "value": text}


def _class(node: ast.ClassDef, name: str) -> Iterator[tuple[str, Symbol]]:
    bases = [_text(base) for base in node.bases]
    symbol: Symbol = {"kind": "class", "bases": [base.lstrip("_") for base in bases]}
    yield name, symbol | _deprecation(node)
    is_enum = any(base.lstrip("_").startswith("Open") for base in bases)
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            decorators = [_text(decorator) for decorator in item.decorator_list]
            if any(text == "overload" or text.endswith(".setter") for text in decorators):
                continue
            if not item.name.startswith("_") or item.name == "__init__":
                yield f"{name}.{item.name}", _function(item, _overloads(node, item.name))
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            if not item.target.id.startswith("_"):
                yield f"{name}.{item.target.id}", _field(item)
        elif is_enum and isinstance(item, ast.If):  # older names, for type checkers
            yield from _enumerated(item.body, name)
    if is_enum:
        yield from _enumerated(node.body, name)


def _enumerated(body: list[ast.stmt], name: str) -> Iterator[tuple[str, Symbol]]:
    """The members of an enumeration, each with what is said of it below."""
    for position, item in enumerate(body):
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
            member = item.targets[0].id
            if not member.startswith("_"):
                yield f"{name}.{member}", _member(item, body[position + 1 : position + 2])


def _member(item: ast.Assign, following: list[ast.stmt]) -> Symbol:
    symbol: Symbol = {"kind": "member", "value": _text(item.value)}
    docs = [
        statement.value.value
        for statement in following
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    ]
    if docs and isinstance(docs[0], str) and docs[0].startswith("Deprecated: use "):
        symbol["deprecated"] = docs[0]
    return symbol


def _field(item: ast.AnnAssign) -> Symbol:
    symbol: Symbol = {"kind": "field", "annotation": _text(item.annotation)}
    value = item.value
    if isinstance(value, ast.Call) and _text(value.func).endswith("field"):
        words = {word.arg: word.value for word in value.keywords}
        default = words.get("default", words.get("factory"))
        if default is not None:
            symbol["default"] = _text(default).lstrip("_")
    elif value is not None:
        symbol["default"] = _text(value)
    return symbol


def _overloads(node: ast.ClassDef, name: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        item
        for item in node.body
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
        and item.name == name
        and any(_text(decorator) == "overload" for decorator in item.decorator_list)
    ]


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    overloads: Sequence[ast.FunctionDef | ast.AsyncFunctionDef] = (),
) -> Symbol:
    """A method as its callers see it: by its overloads, of which the first is the plainest."""
    decorators = {_text(decorator).partition("(")[0].lstrip("_") for decorator in node.decorator_list}
    if decorators & {"property", "cached_property"}:
        symbol: Symbol = {"kind": "property", "annotation": _optional_text(node.returns)}
        return symbol | _deprecation(node)
    plainest = overloads[0] if overloads else node
    symbol = {
        "kind": "async method" if isinstance(node, ast.AsyncFunctionDef) else "method",
        "parameters": list(_parameters(plainest.args)),
        "returns": _optional_text(plainest.returns),
    }
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _text(decorator.func) == "renamed_arguments":
            symbol["parameters"] += _older(symbol["parameters"], decorator)
    return symbol | _deprecation(node)


def _older(parameters: list[Symbol], decorator: ast.Call) -> Iterator[Symbol]:
    """The arguments once more under their older names."""
    by_name = {parameter["name"]: parameter for parameter in parameters}
    for word in decorator.keywords:
        name = ast.literal_eval(word.value)
        renamed = {"kind": "keyword", "default": "UNSET", "deprecated": f"Renamed: use `{name}`."}
        yield {**by_name[name], "name": str(word.arg), **renamed}


def _parameters(arguments: ast.arguments) -> Iterator[Symbol]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    for argument, default in zip(positional, [*defaults, *arguments.defaults], strict=True):
        if argument.arg != "self":
            yield _parameter(argument, "positional", default)
    for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(argument, "keyword", keyword_default)
    if arguments.kwarg is not None:
        yield _parameter(arguments.kwarg, "options", None)


def _parameter(argument: ast.arg, passed: str, default: ast.expr | None) -> Symbol:
    symbol: Symbol = {"name": argument.arg, "kind": passed, "annotation": _optional_text(argument.annotation)}
    if default is not None:
        symbol["default"] = _text(default)
    return symbol


def _deprecation(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> Symbol:
    """PEP 702's decorator with its message."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _text(decorator.func).lstrip("_") == "deprecated":
            return {"deprecated": ast.literal_eval(decorator.args[0])}
    return {}


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _optional_text(node: ast.expr | None) -> str:
    return "" if node is None else _text(node)


def _text(node: ast.expr) -> str:
    """The expression in one spelling, whatever its layout."""
    return ast.unparse(node)
