"""Importing a generated package straight from memory: nothing is written, nothing is left behind."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType

_COUNT = itertools.count(1)


def unused_name() -> str:
    """A package name that no other package in this process has."""
    return f"bindwright_mock_{next(_COUNT)}"


def install(package: str, files: Mapping[str, str]) -> ModuleType:
    """Make the package of emitted files importable under its name, and import it.

    `files` are relative paths and texts, as targets emit them; what is outside the package is passed over.
    """
    modules = {name: text for path, text in files.items() if (name := _module(path, package)) is not None}
    packages = {_module(path, package) for path in files if path.endswith("/__init__.py")}
    sys.meta_path.append(_Finder(package, modules, {name for name in packages if name}))
    return importlib.import_module(package)


def uninstall(package: str) -> None:
    """Forget a package that was installed."""
    sys.meta_path[:] = [f for f in sys.meta_path if not (isinstance(f, _Finder) and f.package == package)]
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]


def _module(path: str, package: str) -> str | None:
    """The dotted name of a file; None for what is no module of the package."""
    if not path.endswith(".py") or not path.startswith(f"{package}/"):
        return None
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


class _Finder(MetaPathFinder):
    def __init__(self, package: str, modules: Mapping[str, str], packages: set[str]) -> None:
        self.package = package
        self.loader = _Loader(modules, packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self.loader.modules:
            return None
        return spec_from_loader(fullname, self.loader, is_package=fullname in self.loader.packages)


class _Loader(InspectLoader):
    def __init__(self, modules: Mapping[str, str], packages: set[str]) -> None:
        self.modules = modules
        self.packages = packages

    def get_source(self, fullname: str) -> str:
        try:
            return self.modules[fullname]
        except KeyError:
            raise ImportError(fullname) from None

    def is_package(self, fullname: str) -> bool:
        return fullname in self.packages
