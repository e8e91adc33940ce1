"""``generate --bump``: the next version of the package, by what changed since its last release."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from bindwright.changes.compare import PackageOf, compare
from bindwright.changes.findings import Change
from bindwright.changes.inputs.accepted import accept, read_file
from bindwright.changes.inputs.sources import source_of
from bindwright.changes.release import changelog
from bindwright.changes.release.versions import has_had_its_minor, is_breaking, next_version, says_less
from bindwright.changes.rules import Level, worse
from bindwright.project import pipeline, run
from bindwright.project.configuration.settings import RunSettings, relative_path
from bindwright.project.console.messages import Messages
from bindwright.project.console.progress import Progress
from bindwright.project.errors import INVALID, CommandError
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.lock import FILE_NAME as LOCK
from bindwright.project.output_tree.lock import Lock
from bindwright.project.prepare import Candidate, Preparation, prepare
from bindwright.project.release import FILE, Baseline, Release, alias_keys, loads, without_aliases
from bindwright.project.targets import version_of
from bindwright.targets.python import PythonOptions


def bump(settings: RunSettings, messages: Messages) -> int:
    """Generate, with the next version and an entry in the changelog; gives the exit code.

    Run twice it changes nothing. Raises `CommandError` where the version is configured, or cannot be raised.
    """
    if settings.version:
        raise CommandError(
            "version-configured", f"`version = {settings.version!r}` is configured, so it is not raised",
            "remove it from [tool.bindwright]: the lock keeps the version from then on",
        )  # fmt: skip
    run.recover(settings, messages)
    preparation = prepare(settings, Progress())
    candidate = run.writable_candidate(preparation, messages)
    if candidate is None:
        return INVALID
    baseline = _baseline(settings, preparation.old) or _generated_last(settings, preparation)
    if baseline is None:
        release = Release(candidate.emitted.version)
        return _write(
            settings,
            messages,
            release,
            f"## {candidate.emitted.version}\n\nThe first release of this package.\n",
        )
    old = preparation.old
    assert old is not None, "a release stands in a lock"
    if old.release.get("inputs") == preparation.inputs and old.names == candidate.emitted.names:
        messages.result(f"{relative_path(settings.output)}: nothing changed since {baseline.version}")
        return run.generate(settings, messages)[0]
    return _raise(settings, messages, baseline, preparation, candidate)


def _raise(
    settings: RunSettings,
    messages: Messages,
    baseline: Baseline,
    preparation: Preparation,
    candidate: Candidate,
) -> int:
    api, old = preparation.lowered.api, preparation.old
    assert api is not None
    assert old is not None
    names = candidate.emitted.names
    options = PythonOptions(
        package=candidate.emitted.package, names=preparation.lowered.names, group_by=settings.group_by
    )
    changes = compare(
        baseline.api,
        api,
        old_package=PackageOf(options, baseline.names),
        new_package=PackageOf(options, names),
    )
    accept(changes, read_file(), api.info.version)
    level: Level = "none"
    for change in changes:
        level = worse(level, change.level)
    try:
        version = next_version(baseline.version, level)
    except ValueError as error:
        raise CommandError("version", str(error), "set the version of the last release in the lock") from None
    if says_less(baseline.api.info.version, api.info.version, level):
        messages.warn(
            f"the document goes from {baseline.api.info.version} to {api.info.version}, but what changed is breaking"
        )
    alias_versions = dict(old.release.get("aliases") or {})
    ended = _ended(names, alias_versions, baseline.version, version)
    kept = without_aliases(names, ended) if ended else names
    aliases = {_text(key): alias_versions.get(_text(key), version) for key in alias_keys(kept)}
    groups = {name: attribute for attribute, name in _groups(names, baseline.names)}
    entry = changelog.entry(version, changes, sorted({key[-1] for key in ended}), groups)
    for change in changes:
        if change.level == "risky":
            messages.detail(f"risky: {change.kind} {change.element}")
    return _write(settings, messages, Release(version, aliases, kept), entry)


def _ended(
    names: Mapping[str, Any], alias_versions: Mapping[str, str], before: str, after: str
) -> set[tuple[str, ...]]:
    """The older names that end with a release: with a breaking one, where they were there for a minor version."""
    if not is_breaking(before, after):
        return set()
    return {
        key
        for key in alias_keys(names)
        if (version := alias_versions.get(_text(key))) is not None and has_had_its_minor(version, before)
    }


def _text(key: tuple[str, ...]) -> str:
    return " ".join(key)


def _groups(*names: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Properties of clients with the classes behind them."""
    pairs: list[tuple[str, str]] = []
    for table in names:
        attributes = table.get("groups") or {}
        pairs += [(attributes.get(tag, tag), cls) for tag, cls in (table.get("group_classes") or {}).items()]
    return pairs


def _baseline(settings: RunSettings, old: Lock | None) -> Baseline | None:
    """The last release; None where there was none. Raises `CommandError` where it cannot be read."""
    if old is None or not old.release.get("version"):
        return None
    raw = OutputFolder(settings.output).read(FILE)
    try:
        if raw is None:
            raise ValueError("it is gone")
        return loads(raw)
    except ValueError as error:
        raise CommandError(
            "release-unreadable", f"what the last release was cannot be read: {error}",
            "restore the file from version control", where=f"{relative_path(settings.output)}/{FILE}",
        ) from None  # fmt: skip


def _generated_last(settings: RunSettings, preparation: Preparation) -> Baseline | None:
    """What was generated last, for a package that has had no release by `--bump`: as the repository has the document of
    its lock. None where that is today's, or is not there."""
    old = preparation.old
    if old is None or old.inputs == preparation.inputs:
        return None
    with ExitStack() as stack:
        try:
            source = stack.enter_context(source_of(os.path.join(settings.output, LOCK)))
        except CommandError:
            return None
        lowered = pipeline.lower(settings._replace(document=source.document), Progress(enabled=False), {})
        if lowered.api is None or lowered.failed:
            return None
        return Baseline(version_of(settings, lowered.api), lowered.api, dict(source.names or {}))


def _write(settings: RunSettings, messages: Messages, release: Release, entry: str) -> int:
    """Write the changelog, then the package: whoever is interrupted in between runs it again, and finds the entry."""
    folder = OutputFolder(settings.output)
    folder.make_folder("")
    before = (folder.read(changelog.FILE) or b"").decode("utf-8", "replace")
    after = changelog.with_entry(before, release.version, entry)
    if after != before:
        folder.write(changelog.FILE, after.encode())
    code, _ = run.generate(settings, messages, release)
    if code == 0:
        messages.result(f"{relative_path(settings.output)}: version {release.version}")
    return code


__all__ = ["Change", "bump"]
