"""Configuration: ``[tool.bindwright]`` of the nearest ``pyproject.toml`` that has one, under the flags."""

from __future__ import annotations

import os
import sys
from typing import Any

from bindwright.project.configuration.settings import MODEL_STYLES, STDIN, TARGETS, RunSettings, relative_path
from bindwright.project.errors import CommandError

_KINDS: dict[str, type] = {
    "document": str,
    "output": str,
    "targets": list,
    "folders": dict,
    "npm-name": str,
    "package": str,
    "layout": str,
    "surface": bool,
    "runtime": str,
    "group-by": str,
    "distribution": str,
    "version": str,
    "description": str,
    "models": list,
    "overlays": list,
    "only": list,
    "except": list,
    "strict": bool,
    "tolerant": bool,
    "allow-remote": bool,
    "allow-outside": bool,
    "xml-references": str,
    "infer-pagination": bool,
    "names": dict,
    "operations": dict,
    "diff": dict,
}
_OPERATION_KEYS = ("name", "pagination", "poll")
_OF_THE_DOCUMENT = (
    "output",
    "targets",
    "folders",
    "npm-name",
    "package",
    "layout",
    "surface",
    "runtime",
    "group-by",
    "distribution",
    "version",
    "description",
    "models",
    "overlays",
    "only",
    "except",
    "xml-references",
    "infer-pagination",
    "names",
    "operations",
)
"""Keys that make sense for the configured document only."""


class Configuration:
    """What a ``pyproject.toml`` says; empty where none was found."""

    def __init__(self, file: str = "", table: dict[str, Any] | None = None) -> None:
        self.file = file
        self.table = table or {}

    def path(self, key: str) -> str:
        """A path of the table, absolute; empty where there is none."""
        value = self.table.get(key, "")
        if "://" in value:  # an address is no path; reading says what to do with it
            return str(value)
        return self.absolute(value) if value else ""

    def absolute(self, path: str) -> str:
        """A path as the file means it: relative ones start at its folder."""
        return os.path.normpath(os.path.join(os.path.dirname(self.file), path))


def find(start: str, named: str = "") -> Configuration:
    """The configuration that holds in a folder, or in the file that was named.

    Raises `CommandError` where a file is not TOML or its table says something unknown.
    """
    if named:
        return _read(os.path.abspath(named), required=True)
    folder = os.path.abspath(start)
    while True:
        candidate = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(candidate):
            configuration = _read(candidate)
            if configuration.file:
                return configuration
        parent = os.path.dirname(folder)
        if parent == folder:
            return Configuration()
        folder = parent


def _read(path: str, required: bool = False) -> Configuration:
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        raise CommandError(
            "configuration-unreadable", f"cannot read {relative_path(path)}: {error.strerror}"
        ) from None
    if not required and b"bindwright" not in raw:
        return Configuration()
    import tomllib  # not needed where no file speaks of bindwright

    try:
        tool = tomllib.loads(raw.decode("utf-8")).get("tool", {})
    except ValueError as error:
        raise CommandError("configuration-syntax", f"not TOML: {error}", where=relative_path(path)) from None
    table = tool.get("bindwright") if isinstance(tool, dict) else None
    if table is None:
        if required:
            raise CommandError(
                "configuration-missing", "there is no [tool.bindwright] table", where=relative_path(path)
            )
        return Configuration()
    _check(table, path)
    return Configuration(path, table)


def _check(table: dict[str, Any], path: str) -> None:
    """Raises `CommandError` at the first key that is unknown or of the wrong type."""
    for key, value in table.items():
        if key not in _KINDS:
            raise CommandError(
                "configuration-key",
                f"unknown key {key!r}{_meant(key, _KINDS)}",
                _known(_KINDS),
                relative_path(path),
            )
        if not isinstance(value, _KINDS[key]):
            expected = {str: "a string", list: "a list of strings", bool: "true or false", dict: "a table"}[
                _KINDS[key]
            ]
            raise CommandError("configuration-value", f"{key} must be {expected}", where=relative_path(path))
    _models(table.get("models", []), relative_path(path))
    _targets(table.get("targets") or ["python"], relative_path(path))
    _folders(table.get("folders", {}), relative_path(path))
    for name, value in table.get("names", {}).items():
        if not isinstance(value, str):
            raise CommandError(
                "configuration-value", f"names.{name!r} must be a string", where=relative_path(path)
            )
    for name, value in table.get("operations", {}).items():
        _check_operation(name, value, path)


def _check_operation(name: str, value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise CommandError(
            "configuration-value", f"operations.{name!r} must be a table", where=relative_path(path)
        )
    for key in value:
        if key not in _OPERATION_KEYS:
            message = f"unknown key {key!r} in operations.{name!r}{_meant(key, _OPERATION_KEYS)}"
            raise CommandError("configuration-key", message, _known(_OPERATION_KEYS), relative_path(path))


def _known(keys: Any) -> str:
    return f"the keys are {', '.join(keys)}"


def _meant(word: str, words: Any) -> str:
    import difflib  # only a mistake pays for it

    close = difflib.get_close_matches(word, list(words), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def settle(flags: dict[str, Any], cwd: str) -> RunSettings:
    """Flags over configuration over defaults.

    Where a document is named that is not the configured one, what the configuration says for its own
    document (output folder, package, names) does not hold: another document must not land in its folder.
    Raises `CommandError` where no document is named or an option makes no sense.
    """
    config = find(cwd, flags.get("config") or "")
    document = _document(flags.get("document"), config)
    if document != config.path("document"):
        config = Configuration(
            config.file, {k: v for k, v in config.table.items() if k not in _OF_THE_DOCUMENT}
        )
    table = config.table
    output = os.path.abspath(flags["output"]) if flags.get("output") else config.path("output")
    switches = {
        key.replace("-", "_"): bool(table.get(key, False) if flags.get(key) is None else flags[key])
        for key in ("strict", "tolerant", "allow-remote", "allow-outside", "force")
    }
    return RunSettings(
        document=document,
        data=_data(document, watch=bool(flags.get("watch"))),
        output=output,
        package=flags.get("package") or table.get("package", ""),
        models=_models(flags.get("models") or table.get("models") or ["attrs"]),
        targets=_targets(flags.get("target") or table.get("targets") or ["python"]),
        folders=table.get("folders", {}),
        npm_name=_npm_name(table.get("npm-name", ""), config.file),
        distribution=table.get("distribution"),
        version=table.get("version"),
        description=table.get("description"),
        overlays=_overlays(flags, config, cwd),
        only=tuple(flags.get("only") or table.get("only", ())),
        excepted=tuple(flags.get("except") or table.get("except", ())),
        infer_pagination=table.get("infer-pagination", True),
        xml_references=_xml_references(table.get("xml-references", "property"), config.file),
        layout=_one_of("layout", flags.get("layout") or table.get("layout", "project"), config.file),
        surface=bool(table.get("surface", True)),
        runtime=_one_of("runtime", table.get("runtime", "installed"), config.file),
        group_by=_group_by(table.get("group-by", "tag"), config.file),
        names=table.get("names", {}),
        operations=table.get("operations", {}),
        config_file=config.file,
        report=os.path.abspath(flags["json-report"]) if flags.get("json-report") else "",
        **switches,
    )


_CHOICES = {"layout": ("project", "package"), "runtime": ("installed", "vendored")}


def _one_of(key: str, value: str, file: str) -> str:
    """One of the values that a key may have. Raises `CommandError`."""
    if value not in _CHOICES[key]:
        remedy = " or ".join(f"`{choice}`" for choice in _CHOICES[key])
        raise CommandError("configuration-value", f"{key} is {value!r}", remedy, relative_path(file))
    return value


def _group_by(value: str, file: str) -> str:
    if value not in ("tag", "path", "none") and not value.startswith("x-"):
        remedy = "`tag`, `path`, `none`, or an extension of operations such as `x-resource`"
        raise CommandError("configuration-value", f"group-by is {value!r}", remedy, relative_path(file))
    return value


def _document(named: str | None, config: Configuration) -> str:
    """The absolute path; an address, and the sign for standard input, as they were given. Raises `CommandError` where nothing is named."""
    if named:
        return named if "://" in named or named == STDIN else os.path.abspath(named)
    document = config.path("document")
    if not document:
        raise CommandError(
            "no-document",
            "no document is named",
            "bindwright generate DOCUMENT --output DIR --package NAME, or `document` in [tool.bindwright]",
        )
    return document


def _data(document: str, *, watch: bool) -> bytes | None:
    """The document, where it is no file. Raises `CommandError` where it cannot be had, or not be watched."""
    is_address = document.startswith(("http://", "https://"))
    if document != STDIN and not is_address:
        return None
    if watch:
        raise CommandError("not-a-file", f"{document} is no file to watch", "save it, and name the file")
    if not is_address:
        return sys.stdin.buffer.read()
    from bindwright.openapi import LoadOptions
    from bindwright.openapi.diagnostics.syntax_errors import Refused
    from bindwright.openapi.text.remote import fetch

    try:
        return fetch(document, LoadOptions(), {})
    except Refused as error:
        raise CommandError(error.code, error.message, error.remedy or "") from None


def _xml_references(value: str, file: str) -> str:
    """What names the elements of references. Raises `CommandError`."""
    if value not in ("property", "component"):
        message = f"xml-references is {value!r}"
        raise CommandError("configuration-value", message, "`property` or `component`", relative_path(file))
    return value


def _overlays(flags: dict[str, Any], config: Configuration, cwd: str) -> tuple[str, ...]:
    """Absolute paths: those of flags start at the working folder, those of a configuration at its file."""
    if flags.get("overlay"):
        return tuple(os.path.abspath(os.path.join(cwd, path)) for path in flags["overlay"])
    folder = os.path.dirname(config.file)
    return tuple(os.path.normpath(os.path.join(folder, path)) for path in config.table.get("overlays", ()))


def _models(styles: list[str], where: str = "") -> tuple[str, ...]:
    """The model styles, attrs first: every generated client uses them. Raises `CommandError`."""
    for style in styles:
        if style not in MODEL_STYLES:
            message = f"unknown model style {style!r}{_meant(str(style), MODEL_STYLES)}"
            raise CommandError("model-style", message, f"the styles are {', '.join(MODEL_STYLES)}", where)
    return ("attrs", *(style for style in MODEL_STYLES if style in styles and style != "attrs"))


def _targets(targets: list[str], where: str = "") -> tuple[str, ...]:
    """The targets in their order. Raises `CommandError`."""
    for target in targets:
        if target not in TARGETS:
            message = f"unknown target {target!r}{_meant(str(target), TARGETS)}"
            raise CommandError("target", message, f"the targets are {', '.join(TARGETS)}", where)
    return tuple(dict.fromkeys(targets))


def _folders(folders: dict[str, Any], where: str) -> None:
    """Raises `CommandError` where a folder is none that can stand below the output folder."""
    for target, folder in folders.items():
        _targets([target], where)
        parts = folder.split("/") if isinstance(folder, str) else [""]
        if not all(
            part and not part.startswith(".") and part.isprintable() and "\\" not in part for part in parts
        ):
            message = f"folders.{target} is {folder!r}"
            raise CommandError("configuration-value", message, "a folder below the output folder", where)


_NPM_NAME = r"(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*"


def _npm_name(name: str, file: str) -> str:
    """The name of a package for npm. Raises `CommandError`."""
    import re

    if name and not re.fullmatch(_NPM_NAME, name):
        message = f"npm-name is {name!r}"
        raise CommandError("configuration-value", message, "lower-case letters, digits, -, _ and .; @SCOPE/ in front", relative_path(file))  # fmt: skip
    return name


def for_writing(flags: dict[str, Any], cwd: str) -> RunSettings:
    """`settle` for a run that writes: raises `CommandError` where output folder or package are missing, too."""
    settings = settle(flags, cwd)
    require_output(settings)
    return settings


def require_output(settings: RunSettings) -> None:
    """Raises `CommandError` where the output folder is missing, or it or the package's name unusable."""
    command = f"bindwright generate {settings.document_as_typed()} --output DIR"
    if not settings.output:
        raise CommandError("no-output", "no output folder is named", command)
    if settings.package:  # else the document's title is asked
        check_package(settings.package)
    if os.path.exists(settings.output) and not os.path.isdir(settings.output):
        raise CommandError(
            "output-is-a-file",
            f"{relative_path(settings.output)} is a file, not a folder",
            "name another --output",
        )


def check_package(name: str) -> None:
    """Raises `CommandError` where a name cannot be that of a package."""
    import keyword

    parts = name.split(".")
    if not name.isascii() or not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        message = f"{name!r} cannot be the name of a Python package"
        raise CommandError(
            "package-name",
            message,
            "use ASCII letters, digits and _, not starting with a digit; dots between packages",
        )
    if parts[0] == "bindwright":
        raise CommandError(
            "package-name", "'bindwright' is the generator's own package", "choose another name"
        )
