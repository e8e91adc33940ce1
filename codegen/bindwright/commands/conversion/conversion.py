"""One conversion: values read one by one, checked, and written one by one."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import click
from attrs import define, field

from bindwright.commands.conversion import intake, output
from bindwright.commands.conversion.meter import Meter
from bindwright.project.errors import INVALID, CommandError
from bindwright.runtime.errors import DecodeError, EncodeError, Violation
from bindwright.runtime.kept import unknown_in
from bindwright.runtime.validate import ItemsValidator, validate
from bindwright.standards.terminal import escape_controls

VIOLATED = 1


def print_error(text: str) -> None:
    """A line on standard error; what would control the terminal is shown as an escape (CWE-150)."""
    click.echo(escape_controls(text), err=True)


@define(kw_only=True)
class Conversion:
    """What is to be converted, and how."""

    models: ModuleType
    type: Any
    source: str
    target: str | None
    """None: nothing is written."""
    read_as: str
    write_as: str
    form: str | None
    indent: int | None
    validate: bool
    progress: bool | None
    violations: int = field(default=0, init=False)
    unsaid: int = field(default=0, init=False)
    """Values with content that their type does not know, and that the other format cannot show."""

    def run(self) -> int:
        """Convert; gives the exit code."""
        with ExitStack() as stack:
            meter = stack.enter_context(Meter(self.source, self.progress))
            file = stack.enter_context(opened(self.source))
            values = intake.read_values(self.read_as, meter.over(file), self.type, self.models, self.validate)
            try:
                self._pass_on(values)
            except DecodeError as error:
                return self._complain(error, error.line)
            except EncodeError as error:
                return self._complain(error, None)
        if self.unsaid:
            verb = "value holds" if self.unsaid == 1 else "values hold"
            print_error(
                f"note: {self.unsaid} {verb} {self.read_as} that the type does not know; {self.write_as} cannot show it",
            )
        if self.violations:
            print_error(f"{self.violations} violation{'s' if self.violations > 1 else ''}")
        return VIOLATED if self.violations else 0

    def _pass_on(self, source: intake.InputValues) -> None:
        values = self._checked(source)
        if self.target is None:
            for _ in values:
                pass
            return
        first = list(itertools.islice(values, 2))
        form = self.form or source.form(len(first))
        if form == "one" and len(first) != 1:
            count = "more than one value" if first else "no value"
            raise CommandError("form", f"the input holds {count}", "leave --as one out")
        with replacing(self.target) as file:
            write = output.writer(self.write_as, form, file, source, self.indent)
            write(itertools.chain(first, values))

    def _checked(self, source: intake.InputValues) -> Iterator[Any]:
        items = (
            ItemsValidator(source.expression)
            if self.validate and source.is_list and source.expression is not source.item
            else None
        )
        crosses = self.target is not None and (self.read_as == "xml") != (self.write_as == "xml")
        for index, (value, line_of) in enumerate(source.values):
            if self.validate:
                violations = validate(value, source.item, namespace=self.models.__name__)
                self._report(violations, line_of, f"$[{index}]" if source.is_list else "$")
            if items is not None:
                self._report(list(items.add(value)), line_of)
            self.unsaid += crosses and unknown_in(value)
            yield value
        if items is not None:
            self._report(list(items.end()), lambda _: 1)

    def _report(self, violations: list[Violation], line_of: Callable[[str], int], root: str = "$") -> None:
        """Print violations; `root` is the path of the value that they are in."""
        for violation in violations:
            self.violations += 1
            path = root + violation.path.removeprefix("$")
            place = f"{self._name}:{line_of(violation.path)}: {path}"
            print_error(f"{place}: {violation.message} ({violation.rule})")

    @property
    def _name(self) -> str:
        return "<stdin>" if self.source == "-" else self.source

    def _complain(self, error: Exception, line: int | None) -> int:
        place = self._name if line is None else f"{self._name}:{line}"
        print_error(f"{place}: error: {error}")
        return INVALID


def opened(path: str) -> IO[bytes]:
    """A file, or standard input, to be read as bytes.

    Raises:
        CommandError: there is none.
    """
    if path == "-":
        return sys.stdin.buffer
    try:
        return open(path, "rb")  # the caller closes it
    except OSError as error:
        raise CommandError("unreadable", f"{path} cannot be read: {error.strerror}") from None


class replacing:
    """A file that stands under its name once all is written, or standard output."""

    def __init__(self, path: str) -> None:
        self.path = None if path == "-" else Path(path)
        self._part = self.path.with_name(self.path.name + ".part") if self.path else None

    def __enter__(self) -> IO[bytes]:
        try:
            self._file: IO[bytes] = open(self._part, "wb") if self._part else sys.stdout.buffer
        except OSError as error:
            raise CommandError("unwritable", f"{self.path} cannot be written: {error.strerror}") from None
        return self._file

    def __exit__(self, error_type: type[BaseException] | None, value: object, trace: object) -> None:
        self._file.flush()
        if self._part is None or self.path is None:
            return
        self._file.close()
        if error_type is None:
            os.replace(self._part, self.path)
        else:
            self._part.unlink(missing_ok=True)
