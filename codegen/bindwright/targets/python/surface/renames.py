"""What is called otherwise than in the Python package that stands there: its older names stay as aliases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bindwright.targets.naming.renames import SAME, Older, OlderEntries, Renames, pairs, table_of
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.surface import Surface


def older_names(earlier: Surface, now: Surface, plan: NamePlan, locked: Mapping[str, Any]) -> Older:
    """The older names of an API's things, where a package of it with other names stands there.

    Args:
        earlier: the surface of that package.
        now: the surface that the new one would have.
        locked: the names in the lock of that package.
    """
    return _PythonRenames(earlier, now, plan, locked).older_names()


class _PythonRenames(Renames):
    def __init__(self, earlier: Surface, now: Surface, plan: NamePlan, locked: Mapping[str, Any]) -> None:
        super().__init__(earlier, now)
        self.plan = plan
        modules, classes = table_of(locked, "modules"), table_of(locked, "classes")
        self.old_modules = {name: modules[key] for key, name in classes.items() if key in modules}

    def parts(self) -> Iterable[Callable[[], OlderEntries]]:
        calls = {key: call.arguments for key, call in self.plan.calls.items()}
        return self._models, self._fields, self._groups, lambda: self.arguments(calls)

    def _models(self) -> OlderEntries:
        gone, come = self.gone_and_come("models.")
        for old, new in pairs(gone, come, self.likeness):
            before, after = old.removeprefix("models."), new.removeprefix("models.")
            self.classes[before] = after
            yield ("classes", self.origins[new]), before
            module = self.old_modules.get(before)
            if module is not None and module not in self.plan.modules.values():
                yield ("modules", self.origins[new]), module

    def _fields(self) -> OlderEntries:
        for old, members in self.old_below.items():
            new = f"models.{self.classes.get(old.removeprefix('models.'), old.removeprefix('models.'))}"
            if not old.startswith("models.") or new not in self.new_below:
                continue
            others = self.new_below[new]
            gone = [name for name, each in members.items() if name not in others and each["kind"] == "field"]
            come = [name for name, each in others.items() if name not in members and each["kind"] == "field"]
            if not gone or not come or any(f"{new}.{name}" in self.kept for name in gone):
                continue
            for before, after in self.matched(members, others, gone, come):
                type_id = self.origins[new]
                yield ("fields", type_id, self.origins[f"{new}.{after}"].removeprefix(f"{type_id}.")), before

    def _groups(self) -> OlderEntries:
        gone, come = self.gone_and_come("api.")
        attributes = {
            symbol["annotation"]: name.removeprefix("Client.")
            for name, symbol in self.old.items()
            if name.startswith("Client.") and symbol["kind"] == "property"
        }
        for old, new in pairs(gone, come, self._likeness_of_groups):
            cls = old.rpartition(".")[2]
            if cls in attributes and f"Client.{attributes[cls]}" not in self.kept:
                tag = self.origins[new].removeprefix("tag ")
                yield ("groups", tag), attributes[cls]
                module = old.split(".")[1]
                if module not in [group.module for group in self.plan.groups]:
                    yield ("group_modules", tag), f"{module}:{cls}"

    def _likeness_of_groups(self, old: str, new: str) -> float:
        mine, other = self.old_below.get(old, {}), self.new_below.get(new, {})
        views = {"with_raw_response", "with_streaming_response"}
        common, every = (mine.keys() & other.keys()) - views, (mine.keys() | other.keys()) - views
        return len(common) / len(every) if common and len(common) >= SAME * len(every) else 0
