"""The TypeScript target: a package without dependencies, its types, its functions and the runtime that they use."""

from bindwright.targets.typescript.emit import emit
from bindwright.targets.typescript.options import Output, TypeScriptOptions
from bindwright.targets.typescript.surface import PlannedPackage, plan_surface

__all__ = ["Output", "PlannedPackage", "TypeScriptOptions", "emit", "plan_surface"]
