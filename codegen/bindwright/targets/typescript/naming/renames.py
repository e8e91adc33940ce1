"""What is called otherwise than in the TypeScript package that stands there: its older names stay as aliases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bindwright.targets.naming.renames import Older, OlderEntries, Renames, pairs, table_of
from bindwright.targets.surface import Surface
from bindwright.targets.typescript.naming.plan import NamePlan


def older_names(earlier: Surface, now: Surface, plan: NamePlan, locked: Mapping[str, Any]) -> Older:
    """The older names of types, their modules and arguments, where a package of an API with other names stands there.

    Args:
        earlier: the surface of that package.
        now: the surface that the new one would have.
        locked: the names in the lock of that package.
    """
    return _TypeScriptRenames(earlier, now, plan, locked).older_names()


class _TypeScriptRenames(Renames):
    """Members are called as on the wire, so that they have no other names."""

    def __init__(self, earlier: Surface, now: Surface, plan: NamePlan, locked: Mapping[str, Any]) -> None:
        super().__init__(earlier, now)
        self.plan = plan
        types, modules = table_of(locked, "types"), table_of(locked, "modules")
        self.old_modules = {name: modules[key] for key, name in types.items() if key in modules}

    def parts(self) -> Iterable[Callable[[], OlderEntries]]:
        calls = {key: names.arguments for key, names in self.plan.operations.items()}
        return self._models, lambda: self.arguments(calls)

    def _models(self) -> OlderEntries:
        sections = dict.fromkeys(self.plan.types.values(), "types") | dict.fromkeys(
            self.plan.inputs.values(), "inputs"
        )
        gone, come = self.gone_and_come("models.")
        for old, new in pairs(gone, come, self.likeness):
            before, after = old.removeprefix("models."), new.removeprefix("models.")
            self.classes[before] = after
            if after in sections:
                yield (sections[after], self.origins[new]), before
            module = self.old_modules.get(before)
            if module is not None and module not in self.plan.modules.values():
                yield ("modules", self.origins[new]), module
