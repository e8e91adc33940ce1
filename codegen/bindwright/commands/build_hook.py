"""A build hook of hatchling: the bindings are generated when the wheel is built, from the document that is in the project.

In the ``pyproject.toml`` of a project whose package is generated::

    [build-system]
    requires = ["hatchling", "bindwright[codegen]"]
    build-backend = "hatchling.build"

    [tool.hatch.build.hooks.bindwright]

What is generated is configured in ``[tool.bindwright]``. With a ``bindwright.lock`` in the output folder the build fails
where it would generate something else than that says: commit the lock, and the generated files as you like. Nothing is
fetched from a network.
"""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from bindwright.project import run
from bindwright.project.check import reasons
from bindwright.project.configuration import configuration
from bindwright.project.console.messages import Messages
from bindwright.project.console.progress import Progress
from bindwright.project.errors import CommandError
from bindwright.project.prepare import prepare


class BindwrightBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # of which builder matters to nobody here
    """Generates before anything is packed."""

    PLUGIN_NAME = "bindwright"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the bindings; raises RuntimeError where the document or the lock does not allow it.

        Args:
            version: ``standard`` or ``editable``, as hatchling calls it.
            build_data: what hatchling packs besides.
        """
        if self.target_name not in ("wheel", "sdist"):
            return
        try:
            written = _generate(self.root)
        except CommandError as error:
            raise RuntimeError(f"bindwright: {error}") from None
        # What a project ignores in git is generated all the same, and is packed.
        build_data.setdefault("artifacts", []).extend(f"/{path}" for path in written)


def _generate(root: str) -> list[str]:
    """The files that the run wrote or found, by their paths in the project."""
    named = os.path.join(root, "pyproject.toml")
    settings = configuration.for_writing({"config": named, "allow-remote": False}, root)
    preparation = prepare(settings, Progress(enabled=False))
    messages = Messages(quiet=True, verbose=False)
    candidate = run.writable_candidate(preparation, messages)
    if candidate is None:
        raise CommandError("document", f"{settings.document_as_typed()} cannot be used")
    if preparation.old is not None:
        missing = set(candidate.plan.lost)
        differing = [
            line
            for code_lines in reasons(preparation, candidate).values()
            for line in code_lines
            if not any(line.endswith(f": {path}") for path in missing)
        ]
        if differing:
            raise CommandError("lock", "; ".join(differing), "run `bindwright generate` and commit the lock")
    run.generate(settings, messages)
    folder = os.path.relpath(settings.output, root).replace(os.sep, "/")
    return [os.path.normpath(f"{folder}/{path}").replace(os.sep, "/") for path in candidate.emitted.files]


@hookimpl
def hatch_register_build_hook() -> type[BuildHookInterface]:  # type: ignore[type-arg]
    """Tell hatchling of the hook."""
    return BindwrightBuildHook
