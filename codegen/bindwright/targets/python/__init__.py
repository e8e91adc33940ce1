"""The Python target: models, endpoint stubs and clients from an `Api`."""

from bindwright.targets.python.emit import PlannedPackage, emit, plan_surface
from bindwright.targets.python.syntax.options import Output, PythonOptions

__all__ = ["Output", "PlannedPackage", "PythonOptions", "emit", "plan_surface"]
