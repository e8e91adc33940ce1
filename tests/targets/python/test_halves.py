"""Two halves of work: the same answer however they were worked out."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path

import pytest
from bindwright.targets import processes
from bindwright.targets.processes import in_two_processes
from bindwright.targets.python import parallel_emit


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    monkeypatch.setattr(processes, "can_fork", lambda: True)


@pytest.mark.usefixtures("forks")
def test_the_second_half_is_worked_out_elsewhere() -> None:
    mine, other = in_two_processes(os.getpid, os.getpid)
    assert mine == os.getpid() != other


@pytest.mark.usefixtures("forks")
def test_large_answers_and_odd_text_come_back_whole() -> None:
    texts = {f"file {number}": "\ud800 \u20ac" * 1000 for number in range(100)}
    assert in_two_processes(lambda: None, lambda: texts) == (None, texts)


@pytest.mark.usefixtures("forks")
def test_what_fails_elsewhere_is_done_here(tmp_path: Path) -> None:
    here = os.getpid()

    def second() -> int:
        if os.getpid() != here:
            raise MemoryError
        return here

    assert in_two_processes(lambda: 1, second) == (1, here)


@pytest.mark.usefixtures("forks")
def test_an_error_in_the_first_half_is_raised_and_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def first() -> None:
        raise KeyboardInterrupt

    forked: list[int] = []
    fork = os.fork

    def noting_fork() -> int:
        child = fork()
        if child:
            forked.append(child)
        return child

    monkeypatch.setattr(os, "fork", noting_fork)
    with pytest.raises(KeyboardInterrupt):
        in_two_processes(first, lambda: "x" * 1_000_000)
    # Its own child alone: other tests of this worker may have left helpers of multiprocessing.
    with pytest.raises(ChildProcessError):
        os.waitpid(*forked, os.WNOHANG)


def test_nothing_is_forked_beside_another_thread() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert in_two_processes(os.getpid, os.getpid) == (os.getpid(), os.getpid())
    finally:
        stop.set()
        thread.join()


@pytest.mark.usefixtures("forks")
def test_halves_give_the_files_that_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: dict[str, tuple[int, parallel_emit.WriteFile]] = {
        f"{number}.py": (number, partial(str, f"x = {number}\n")) for number in range(50)
    }
    jobs["broken.py"] = (1, partial(str, 'x = "\\\n'))
    whole = parallel_emit.write_files(jobs)
    monkeypatch.setattr(parallel_emit, "WORTH_FORKING", 1)
    halved = parallel_emit.write_files(jobs)
    assert halved == whole
    assert list(halved[0]) == list(whole[0])
    assert halved[1] == {"broken.py"}


@pytest.mark.usefixtures("forks")
def test_every_path_is_taken_by_one_process() -> None:
    paths = [f"{number}.py" for number in range(5_000)]  # more than there are batches
    with parallel_emit.WorkQueue(paths) as queue:
        mine, other = in_two_processes(lambda: list(queue), lambda: list(queue))
    assert sorted([*mine, *other]) == sorted(paths)


@pytest.mark.usefixtures("forks")
def test_what_a_process_took_and_lost_is_written_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_emit, "WORTH_FORKING", 1)
    here = os.getpid()

    def text(number: int) -> str:
        if os.getpid() != here:
            raise MemoryError
        return f"x = {number}\n"

    jobs: dict[str, tuple[int, parallel_emit.WriteFile]] = {
        f"{number}.py": (1, partial(text, number)) for number in range(5_000)
    }
    texts, broken = parallel_emit.write_files(jobs)
    assert texts == {f"{number}.py": f"x = {number}\n" for number in range(5_000)}
    assert list(texts) == list(jobs)
    assert not broken


def test_what_uses_the_results_of_others_is_written_after_them() -> None:
    written: list[str] = []
    jobs: dict[str, tuple[int, parallel_emit.WriteFile]] = {
        "all.json": (1, lambda: str(written)),
        "one.py": (1, lambda: written.append("one") or "x = 1\n"),  # type: ignore[func-returns-value]
        "two.py": (1, lambda: written.append("two") or "x = 2\n"),  # type: ignore[func-returns-value]
    }
    texts, _ = parallel_emit.write_files(jobs, ["one.py", "two.py", "all.json"])
    assert texts["all.json"] == "['one', 'two']"
    assert list(texts) == list(jobs)
