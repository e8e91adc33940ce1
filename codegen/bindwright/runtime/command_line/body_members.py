"""What stands in a body, for ``--help``: its members by their names in JSON, with types."""

from __future__ import annotations

import argparse
import re
from typing import Any

import attrs

from bindwright.runtime.resolve import Names
from bindwright.runtime.wire import KEY
from bindwright.standards.terminal import escape_controls

_MOST = 40
"""Members that are listed; a longer list is cut."""
_NAME = re.compile(r"[^\W\d]\w*")


class OperationParser(argparse.ArgumentParser):
    """The parser of one operation; its help names the members of the body.

    They are looked up when help is asked for, as the models need not be imported for anything else.
    """

    _body = ("", "")

    def describe_body(self, annotation: str, models: str) -> None:
        """Say what the body is: its annotation, and the package of the models."""
        self._body = (annotation, models)

    def format_help(self) -> str:
        """The help, with the body's members below."""
        annotation, models = self._body
        lines = body_members(annotation, models) if annotation else []
        if lines:
            self.epilog = "\n".join(["body, as JSON or XML:", *(f"  {line}" for line in lines)])
        return super().format_help()


def body_members(annotation: str, models: str) -> list[str]:
    """One line a member of the first model in an annotation: ``name: str``, ``tag: str (optional)``."""
    names = Names(models)
    for word in _NAME.findall(annotation):
        model = names.get(word)
        if isinstance(model, type) and attrs.has(model):
            members = [_line(field) for field in attrs.fields(model) if not field.name.startswith("_")]
            return [
                *members[:_MOST],
                *([f"… and {len(members) - _MOST} more"] if len(members) > _MOST else []),
            ]
    return []


def _line(field: Any) -> str:
    wire = field.metadata.get(KEY)
    name = getattr(wire, "name", None) or field.name
    text = str(field.type).removesuffix(" | Unset").removesuffix(" | None")
    optional = field.default is not attrs.NOTHING
    return escape_controls(f"{name}: {text}{' (optional)' if optional else ''}", lines=False)
