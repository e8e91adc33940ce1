"""The verdicts of callers: each difference of two surfaces is told with the change of the API that it comes from.

A difference without such a change (a class that is called otherwise, a method that hangs elsewhere) is a change of its
own, which nothing but the binding feels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindwright.changes.binding.origins import Origins
from bindwright.changes.binding.partners import Packages
from bindwright.changes.binding.surfaces import Difference, compare_surfaces
from bindwright.changes.findings import UNTYPED, Change
from bindwright.changes.rules import COLUMNS, RULES, worse
from bindwright.changes.walk import Walk


def judge_binding(packages: Packages, *, softened: bool = False) -> None:
    """Add to the findings of a walk what callers of the package feel.

    Args:
        packages: the package of the old API, and that of the new one, planned with the names of the old one.
        softened: whether its aliases make a rename risky only.
    """
    walk, old, new = packages.walk, packages.old, packages.new
    differences = compare_surfaces(old.surface, new.surface, packages.partners(), softened=softened)
    by_site: dict[str, list[Change]] = {}
    for change in walk.findings.all():
        for site in change.sites:
            by_site.setdefault(site, []).append(change)
    origins = Origins(packages)
    for difference in differences:
        changes = _causes(difference, origins, by_site)
        for change in changes:
            change.levels["binding"] = worse(change.levels["binding"], difference.level)
            change.differences.append(difference)
        if not changes and not origins.is_spelling(difference):
            _tell(walk, difference, origins)
    for change in walk.findings.all():
        if UNTYPED in change.sites and not change.differences:
            change.levels["binding"] = RULES[change.kind].levels[COLUMNS.index("binding")]


def _causes(difference: Difference, origins: Origins, by_site: Mapping[str, list[Change]]) -> list[Change]:
    """The changes of the API from which a difference comes: those of the nearest place that has any."""
    sites = list(dict.fromkeys(origins.sites(difference)))
    for site in sites:
        changes = [change for change in by_site.get(site, ()) if RULES[change.kind].seen]
        if changes:
            return changes
    return by_site.get(sites[0], []) if sites else []


def _tell(walk: Walk, difference: Difference, origins: Origins) -> None:
    if origins.is_part_of_what_came(difference):
        return
    kind = _kind(difference, origins)
    old, new = (_plain(value) for value in (difference.old, difference.new))
    change = walk.findings.add(
        kind, origins.element(difference, kind), None, old, new,
        places=origins.places(difference),
    )  # fmt: skip
    change.levels["binding"] = worse(change.levels["binding"], difference.level)
    change.differences.append(difference)
    for operation in origins.operations(difference):
        if operation not in change.operations:
            change.operations.append(operation)


def _plain(value: object) -> object:
    """A symbol as callers say it, without the package's folders."""
    return value.removeprefix("models.").removeprefix("api.") if isinstance(value, str) else value


def _kind(difference: Difference, origins: Origins) -> str:
    """The kind of a change that only the surface shows."""
    return next((kind for kind in _kinds(difference, origins) if kind), "signature-changed")


def _kinds(difference: Difference, origins: Origins) -> Iterator[str]:
    what, noun = difference.what, origins.noun(difference)
    by_noun = {
        "class": {"removed": "schema-removed", "renamed": "schema-renamed", "added": "schema-added"},
        "tag": {"removed": "group-removed", "renamed": "operation-tag-renamed", "added": "group-added"},
        "operation": {
            "removed": "method-removed",
            "added": "method-added",
            "renamed": "operation-id-renamed",
        },
        "field": {"removed": "field-removed", "added": "field-added", "renamed": "field-renamed"},
        "member": {"removed": "member-removed", "added": "member-added", "renamed": "enum-varnames"},
        "client": {"parameter-added": "credential-added", "parameter-removed": "credential-removed"},
    }
    if noun == "operation" and what == "renamed" and origins.hangs_elsewhere(difference):
        yield "operation-tag-renamed"
    yield by_noun.get(noun, {}).get(what, "")
    if what == "parameter-renamed":
        yield "path-parameter-renamed" if origins.location(difference) == "path" else "argument-renamed"
    if what == "bases":
        yield "base-changed"
    if what == "deprecated":
        yield "deprecated"
    if what in ("annotation", "returns", "parameter-annotation") and origins.other_classes_only(difference):
        yield "class-of-use"
