"""`RunSettings`: what one run was asked to do, from configuration and flags, with every path absolute."""

# Annotations are values here: a NamedTuple compiles each that is text, and this module is part of each run.
import os
from typing import Any, NamedTuple

TARGETS = ("python", "typescript", "xsd", "port-kit")
MODEL_STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")


class RunSettings(NamedTuple):
    """One run. A tuple, not an attrs class: the "nothing changed" path cannot afford to import attrs."""

    document: str
    """Absolute path of the root document; its address, or ``-`` for standard input."""
    output: str = ""
    """Absolute path of the output folder; empty where nothing is generated."""
    package: str = ""
    models: tuple[str, ...] = ("attrs",)
    targets: tuple[str, ...] = ("python",)
    """What is written; the first stands in the output folder itself, each other one in a folder below it."""
    folders: dict[str, str] = {}  # noqa: RUF012 - a default of a tuple, never mutated
    """Folders of targets that are not called like them."""
    npm_name: str = ""
    """Name of the TypeScript package; empty: the distribution's, or the Python package's."""
    distribution: str | None = None
    """Name for installers; with the version and a line of description, None leaves it to the target."""
    version: str | None = None
    description: str | None = None
    strict: bool = False
    tolerant: bool = False
    allow_remote: bool = False
    allow_outside: bool = False
    force: bool = False
    overlays: tuple[str, ...] = ()
    """Absolute paths of OpenAPI Overlays, in the order in which they are applied."""
    infer_pagination: bool = True
    """``infer-pagination``: whether lists with the well-known signs of paging are paged."""
    xml_references: str = "property"
    """``xml-references``: what a property that is a mere reference is called in XML."""
    only: tuple[str, ...] = ()
    """Patterns of the operations that are generated (``tag:pets``, ``GET /pets*``, operation ids); empty: all."""
    excepted: tuple[str, ...] = ()
    """Patterns of those that are not."""
    names: dict[str, str] = {}  # noqa: RUF012 - a default of a tuple, never mutated
    """``[tool.bindwright.names]``: type id, or the document's own name of a type, to public name."""
    operations: dict[str, dict[str, Any]] = {}  # noqa: RUF012
    """``[tool.bindwright.operations]``: operation id to ``name``, ``pagination``, ``poll``."""
    layout: str = "project"
    """``project``, or ``package``: the output folder is the package."""
    runtime: str = "installed"
    """``installed``, or ``vendored``: a copy of it stands in the package."""
    surface: bool = True
    """Whether ``surface.python.json`` and ``surface.typescript.json`` are written beside the packages."""
    group_by: str = "tag"
    """What makes the properties of clients: ``tag``, ``path``, ``none`` or an extension (``x-resource``)."""
    data: bytes | None = None
    """The root document, where it is no file; its relative references start at the working folder, or its address."""
    config_file: str = ""
    report: str = ""
    """Where a second copy of the coverage report goes (``--json-report``)."""

    @property
    def folder(self) -> str:
        """The root document's folder, links resolved: references are relative to it."""
        return os.path.realpath(
            "." if self.data is not None else os.path.dirname(os.path.realpath(self.document))
        )

    @property
    def root_name(self) -> str:
        """The root document's file name in that folder."""
        return self.document if self.data is not None else os.path.basename(os.path.realpath(self.document))

    def folder_of(self, target: str) -> str:
        """The folder of a target, relative to the output folder; empty: that one."""
        return self.folders.get(target, "" if target == self.targets[0] else target).strip("/")

    def document_as_typed(self) -> str:
        """The document as a person would type it here."""
        return "standard input" if self.document == STDIN else relative_path(self.document)


STDIN = "-"
"""What names standard input in the place of a document."""


def relative_path(path: str) -> str:
    """`path` relative to the working folder where that is shorter; an address as it is."""
    if "://" in path:
        return path
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return path
    return relative if len(relative) < len(path) else path
