"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bindwright.runtime.xml.decoding import models
from bindwright.runtime.xml.fast import learning
from hypothesis import HealthCheck, settings

from tests.scratch import mypy_cache

# A fresh clone builds Hypothesis' tables of characters first, and machines are busy: how long a value takes
# to make says nothing about the code under test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Most tests of XML ask what compiled code gives, which is made once many documents have come: here at once.
# `tests/xml/test_learning.py` waits as users do.
learning.WORTH, models.WORTH = 0, 2

# A shell starts what runs in its background with interrupts ignored, and so would all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

COLLECTED_FILES = pytest.StashKey[set[Path]]()
"""The files from which tests were collected, before any was deselected."""
_TEMPORARY = pytest.StashKey[Path]()


@pytest.fixture(autouse=True)
def collector_is_on() -> Iterator[None]:
    """`bindwright generate` switches the garbage collector off for the rest of its process, which here goes on."""
    yield
    gc.enable()


@pytest.fixture(autouse=True, scope="module")
def earlier_objects_are_not_searched() -> None:
    """What lives when a file's tests begin is left out of the collector's searches, whose time grows with it.

    Thirteen thousand tests and all that they import are millions of objects in one process: a full collection took
    half a second at its end, and the tests that count what is left collect hundreds of times.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[COLLECTED_FILES] = {item.path for item in items}


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run, its workers and every process that it starts a temporary folder of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["MYPY_CACHE_DIR"] = mypy_cache("strict")
        return
    folder = Path(tempfile.mkdtemp(prefix="bindwright-tests-"))
    (folder / "pytest").mkdir()
    config.stash[_TEMPORARY] = folder
    os.environ["TMPDIR"] = os.environ["TEMP"] = os.environ["TMP"] = str(folder)
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder / "pytest")
    tempfile.tempdir = None  # asks the environment again
    os.environ["MYPY_CACHE_DIR"] = mypy_cache("strict")


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """A run fails where it left something behind in the system's temporary folder; what failed is kept."""
    yield
    folder = session.config.stash.get(_TEMPORARY, None)
    if folder is None:
        return
    leftovers = sorted(path.name for path in folder.iterdir() if path.name != "pytest")
    if leftovers:
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
        print(f"\nleft behind in the temporary folder: {', '.join(leftovers[:20])}, {len(leftovers)} in all")
    if session.exitstatus:
        print(f"\nthe temporary files of this run are in {folder}")
    else:
        shutil.rmtree(folder)
