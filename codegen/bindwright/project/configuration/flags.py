"""The flags of ``bindwright generate``, said once and read by two readers.

`read` understands command lines that are spelt exactly and costs nothing; whatever it does not
understand (help, abbreviations, mistakes) it leaves to click, which is built from the same table and
takes longer to import than a small document takes to generate.
"""

# Annotations are values here: a NamedTuple compiles each that is text, and this module is part of each run.
from typing import Any, Literal, NamedTuple


class Flag(NamedTuple):
    """One flag; ``takes`` says what follows it."""

    name: str
    takes: Literal["text", "switch", "list"]
    help: str
    metavar: str = ""
    short: str = ""


GENERATE = (
    Flag("output", "text", "Folder to write to.", "DIR", "o"),
    Flag(
        "package", "text", "Name of the generated package (default: from the document's title).", "NAME", "p"
    ),
    Flag(
        "target",
        "list",
        "What to write: python (the default), typescript, xsd, port-kit.",
        "TARGET[,TARGET...]",
    ),
    Flag(
        "layout",
        "text",
        "project (with pyproject.toml, the default) or package (DIR is the package).",
        "LAYOUT",
    ),
    Flag(
        "config", "text", "Read [tool.bindwright] of this file (default: the nearest pyproject.toml).", "FILE"
    ),
    Flag(
        "check",
        "switch",
        "Write nothing, show what differs (exit codes 3, 4, 5).",
    ),
    Flag(
        "bump", "switch", "Raise the version by what changed since the last release, and write the changelog."
    ),
    Flag("watch", "switch", "Generate again whenever the document or the configuration is saved.", short="w"),
    Flag("strict", "switch", "Fail where something of the document cannot be expressed exactly."),
    Flag(
        "tolerant",
        "switch",
        "Go on where a part of the document is unusable, leaving out what depends on it.",
    ),
    Flag(
        "models", "list", "Model styles: attrs, pydantic, dataclass, typeddict, msgspec.", "STYLE[,STYLE...]"
    ),
    Flag("overlay", "list", "Correct the document by OpenAPI Overlays, in this order.", "FILE[,FILE...]"),
    Flag(
        "only", "list", "Generate these operations: tag:NAME, 'GET /pets*', operation ids.", "PATTERN[,...]"
    ),
    Flag("except", "list", "Leave these operations out.", "PATTERN[,...]"),
    Flag("allow-remote", "switch", "Follow references to the network (their hashes go into the lock)."),
    Flag("allow-outside", "switch", "Follow references out of the document's folder."),
    Flag(
        "force",
        "switch",
        "Overwrite files that bindwright did not write, remove edited files of deleted schemas.",
    ),
    Flag("json-report", "text", "Write the coverage report to this file too.", "FILE"),
    Flag("quiet", "switch", "Print errors only.", short="q"),
    Flag(
        "verbose",
        "switch",
        "Print every file written, times, and the traceback of an internal error.",
        short="v",
    ),
)


def read(argv: list[str], flags: tuple[Flag, ...] = GENERATE) -> dict[str, Any] | None:
    """The values of an exactly spelt command line; None where click should look at it."""
    by_spelling = {f"--{flag.name}": flag for flag in flags} | {
        f"-{flag.short}": flag for flag in flags if flag.short
    }
    values: dict[str, Any] = {}
    words = iter(argv)
    for word in words:
        if not word.startswith("-"):
            if not word or "document" in values:
                return None
            values["document"] = word
            continue
        name, equals, inline = word.partition("=")
        negated = name.startswith("--no-") and not equals
        flag = by_spelling.get("--" + name[5:] if negated else name)
        if flag is None or (equals and (flag.takes == "switch" or not name.startswith("--"))):
            return None
        if negated and flag.takes != "switch":
            return None
        if flag.takes == "switch":
            values[flag.name] = not negated
            continue
        value = inline if equals else next(words, "-")
        if value.startswith("-") or not value:
            return None
        _put(values, flag, value)
    return values


def _put(values: dict[str, Any], flag: Flag, value: str) -> None:
    if flag.takes == "list":
        values.setdefault(flag.name, []).extend(part.strip() for part in value.split(",") if part.strip())
    else:
        values[flag.name] = value
