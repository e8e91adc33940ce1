"""The Python target: models, endpoint stubs and clients from an `Api`."""

from bindwright.targets.python.emit import emit
from bindwright.targets.python.surface.packages import (
    NamedPackage,
    PlannedPackage,
    plan_surface,
    plan_surfaces,
)
from bindwright.targets.python.syntax.options import Output, PythonOptions

__all__ = [
    "NamedPackage",
    "Output",
    "PlannedPackage",
    "PythonOptions",
    "emit",
    "plan_surface",
    "plan_surfaces",
]
