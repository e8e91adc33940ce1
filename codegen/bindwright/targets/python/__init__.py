"""The Python target: models, endpoint stubs and clients from an `Api`."""

from bindwright.targets.python.emit import emit
from bindwright.targets.python.syntax.options import Output, PythonOptions

__all__ = ["Output", "PythonOptions", "emit"]
