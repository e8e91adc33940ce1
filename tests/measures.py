"""Figures of the sources, counted for the tests of the house: names, lengths, folders, imports, comments, `Any`.

Only what Python's own parser and tokenizer say is counted; nothing of the package is imported.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parent.parent / "codegen" / "bindwright"
VAGUE = frozenset(
    [
        "one",
        "found",
        "made",
        "given",
        "told",
        "shown",
        "each",
        "kind",
        "known",
        "at",
        "own",
        "held",
        "low",
        "there",
        "here",
        "more",
        "others",
        "inner",
        "beside",
        "within",
        "asked",
        "said",
        "whole",
        "least",
        "most",
        "left",
        "seen",
        "done",
        "wanted",
        "taken",
    ]
)
"""Names that say nothing of what they hold."""
NO_NOUNS = frozenset(["one", "found", "made", "told", "given"])
"""Names that nothing may have in `SOURCES`, underscores at their ends or not."""
SOURCES = ("codegen", "tools", "bench", "demo", "tests")
_NAMED_BY: dict[type[ast.AST], str] = {
    ast.Name: "id",
    ast.Attribute: "attr",
    ast.arg: "arg",
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.alias: "asname",
}
"""Nodes that bind a name, and the attribute that it is."""
_OF_TOOLS = ("# noqa", "# type:", "# fmt", "# pyright", "# pragma")


@cache
def trees(folder: str = "") -> dict[Path, ast.Module]:
    """The parsed modules of a folder of the package, in order of their paths."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((PACKAGE / folder).rglob("*.py"))
    }


def modules_by_folder() -> Counter[str]:
    """How many modules stand in each folder, ``__init__`` not counted."""
    return Counter(_relative(path.parent) for path in trees() if path.name != "__init__.py")


def function_lengths() -> Iterator[tuple[str, int]]:
    """Each function as ``path:name`` with its lines, decorators not counted."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{_relative(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def vague_share(folder: str = "") -> tuple[float, Counter[str]]:
    """Per cent of the names bound in a folder that are vague, and how many each module binds."""
    bound, vague = 0, Counter[str]()
    for path, tree in trees(folder).items():
        for name in _bound_names(tree):
            bound += 1
            vague[_relative(path)] += name in VAGUE
    return 100 * vague.total() / bound, vague


def _bound_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def names_without_noun() -> list[str]:
    """What is bound under a name of `NO_NOUNS` in `SOURCES`, as ``path: name``."""
    root = PACKAGE.parent.parent
    return [
        f"{path.relative_to(root)}: {name}"
        for folder in SOURCES
        for path in sorted((root / folder).rglob("*.py"))
        if speaks_of_no_noun(compile(text := path.read_text(encoding="utf-8"), str(path), "exec"))
        for name in without_noun(ast.parse(text))
    ]


def speaks_of_no_noun(code: CodeType) -> bool:
    """Whether a name of `NO_NOUNS` stands in compiled code: a quick look, which most modules do not pass."""
    names = (*code.co_names, *code.co_varnames, *code.co_cellvars, *code.co_freevars)
    return any(name.strip("_").lower() in NO_NOUNS for name in names) or any(
        speaks_of_no_noun(part) for part in code.co_consts if isinstance(part, CodeType)
    )


def without_noun(tree: ast.AST) -> list[str]:
    """Names of `NO_NOUNS` that a module binds: variables, parameters, attributes, functions and classes.

    ``found`` beside ``expected`` is that of `DecodeError`, which users read.
    """
    names: list[str] = []
    for scope in _scopes(tree):
        bound = [name.strip("_").lower() for node in scope if (name := _name_bound_by(node)) is not None]
        names += [
            name for name in bound if name in NO_NOUNS and not (name == "found" and "expected" in bound)
        ]
    return names


def _scopes(tree: ast.AST) -> Iterator[list[ast.AST]]:
    """The nodes of a module, and of each function and class in it, without those of functions and classes within."""
    nodes, inner = list[ast.AST](), list[ast.AST]()
    waiting = list(ast.iter_child_nodes(tree))
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner.append(node)
        else:
            waiting += ast.iter_child_nodes(node)
    yield nodes
    for node in inner:
        yield from _scopes(node)


def _name_bound_by(node: ast.AST) -> str | None:
    attribute = _NAMED_BY.get(type(node))
    if attribute is None or isinstance(getattr(node, "ctx", None), ast.Load | ast.Del):
        return None
    name: str | None = getattr(node, attribute)
    return name


def classes_of_one_name() -> dict[str, set[str]]:
    """Public classes whose name stands in several modules; the two forms of what is derived count once."""
    modules: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].add(_relative(path).replace("aio/", "sync/"))
    return {name: paths for name, paths in modules.items() if len(paths) > 1}


def per_thousand_lines(folder: str, what: str) -> float:
    """``Any`` or ``comments`` per 1,000 lines of a folder."""
    lines = total = 0
    for path, tree in trees(folder).items():
        text = path.read_text(encoding="utf-8")
        lines += text.count("\n")
        total += _comments(text) if what == "comments" else _anys(tree)
    return 1000 * total / lines


def _anys(tree: ast.Module) -> int:
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree))


def _comments(text: str) -> int:
    """Lines of comments, those that speak to tools left out."""
    return sum(
        token.type == tokenize.COMMENT and not token.string.startswith(_OF_TOOLS)
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
    )


def import_graph() -> dict[str, set[str]]:
    """Which module imports which.

    Imports inside functions and under ``TYPE_CHECKING`` count: they hide a circle, they do not end it. A
    package's ``__init__`` is no node; it would join everything that it offers.
    """
    modules = {_module(path): path for path in trees() if path.name != "__init__.py"}
    return {
        module: {
            target for target in _imported(trees()[path], module) if target in modules and target != module
        }
        for module, path in modules.items()
    }


def _imported(tree: ast.Module, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _is_import_module(node.func):
            yield from _texts(node)


def _is_import_module(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "import_module"


def _texts(call: ast.Call) -> list[str]:
    """The arguments of a call that are written as text."""
    constants = (part.value for part in call.args if isinstance(part, ast.Constant))
    return [value for value in constants if isinstance(value, str)]


def hidden_imports() -> list[str]:
    """Modules other than an ``__init__`` that import a module of ours by its name in a string."""
    hidden = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if (
                path.name != "__init__.py"
                and isinstance(node, ast.Call)
                and _is_import_module(node.func)
                and any(text.startswith("bindwright") for text in _texts(node))
            ):
                hidden.append(f"{_relative(path)}:{node.lineno}")
    return hidden


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan's strongly connected components)."""
    search = _ComponentSearch(graph)
    for module in sorted(graph):
        if module not in search.numbers:
            search.visit(module)
    return sorted(sorted(group) for group in search.components if len(group) > 1)


class _ComponentSearch:
    def __init__(self, graph: dict[str, set[str]]) -> None:
        self.graph = graph
        self.numbers: dict[str, int] = {}
        self.lowest: dict[str, int] = {}
        self.path: list[str] = []
        self.components: list[list[str]] = []

    def visit(self, module: str) -> None:
        self.numbers[module] = self.lowest[module] = len(self.numbers)
        self.path.append(module)
        for target in sorted(self.graph[module]):
            if target not in self.numbers:
                self.visit(target)
                self.lowest[module] = min(self.lowest[module], self.lowest[target])
            elif target in self.path:
                self.lowest[module] = min(self.lowest[module], self.numbers[target])
        if self.lowest[module] == self.numbers[module]:
            start = self.path.index(module)
            self.components.append(self.path[start:])
            del self.path[start:]


def _module(path: Path) -> str:
    return ".".join(("bindwright", *path.relative_to(PACKAGE).with_suffix("").parts))


def _relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def over(figures: Iterable[tuple[str, int]], limit: int) -> dict[str, int]:
    """The figures above a limit."""
    return {name: number for name, number in figures if number > limit}


def exports_hidden_by_modules() -> list[str]:
    """Names that a package exports, that are modules of it as well, and that are not bound when it is imported.

    Whatever imports such a module first puts it in the place of what the package exports lazily.
    """
    hidden = []
    for path, tree in trees().items():
        if path.name == "__init__.py":
            modules = {entry.stem for entry in path.parent.iterdir() if not entry.name.startswith("_")}
            bound = {
                alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
            }
            hidden += [f"{_relative(path)}: {name}" for name in sorted(_exports(tree) & modules - bound)]
    return hidden


def _exports(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
        ):
            return {part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)}
    return set()


def beyond_mypyc(tree: ast.Module) -> Iterator[str]:
    """What mypyc 2.4 stops at, or compiles into something else than the source says, with its line (decision 6)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension) and _calls(node.iter, "reversed"):
            yield f"{node.iter.lineno}: a loop over reversed(…); [::-1]"
        elif isinstance(node, ast.Compare) and isinstance(node.ops[-1], ast.In | ast.NotIn):
            if any(isinstance(item, ast.Starred) for item in getattr(node.comparators[-1], "elts", ())):
                yield f"{node.lineno}: a starred item behind `in`"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not node.value.isascii() and re.search("[\ud800-\udfff]", node.value):
                yield f"{node.lineno}: a lone surrogate in a literal"
        elif isinstance(node, ast.BinOp) and _calls(node.right, "keys") and not _is_plain_set(node.left):
            # Of a frozenset and a view of keys that is a set, and a frozenset by the stubs: methods are both.
            yield f"{node.lineno}: an operator before .keys(); intersection, difference, union"


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and name == getattr(node.func, "attr", getattr(node.func, "id", ""))


def _is_plain_set(node: ast.expr) -> bool:
    return isinstance(node, ast.Set | ast.SetComp) or _calls(node, "set") or _calls(node, "keys")
