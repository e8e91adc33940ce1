"""Runs checks against ports: sends ahead for speed, and charges faults to the check that caused them.

Several requests are under way at once. When the port then crashes, hangs or writes rubbish, nobody can say which
of them it was about: a new port gets them one at a time, and the one that it fails on is the guilty one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from bindwright.conformance.comparison import Difference, difference
from bindwright.conformance.port_process import PortFault, PortProcess
from bindwright.conformance.vectors import Check

PROTOCOL = 1
AHEAD = 64
"""Requests that are under way at once."""
FAULTS_IN_A_ROW = 3
"""A port that fails so often without an answer between is given up."""


class UnusablePort(Exception):
    """The port cannot be started, or does not speak the protocol; the text says what it did."""


@frozen
class Outcome:
    """What came of one check."""

    check: Check
    status: str
    """``passed``, ``failed``, ``broken`` (no usable answer), ``skipped``, ``not run`` (the port was given up)."""
    message: str = ""
    difference: Difference | None = None
    errors: str = ""
    """The last lines of the port's standard error."""


@frozen
class PortInfo:
    """What a port said in its ``hello``."""

    name: str
    offers: frozenset[str]
    """Formats and features."""


@define
class Runner:
    """One port, started as often as needed, and the checks that it has still to answer."""

    command: Sequence[str]
    ir: str
    """Path of the kit's ir.json, which the port is told in the ``hello``."""
    timeout: float = 5.0
    on_outcome: Callable[[Outcome], None] = lambda outcome: None
    port_info: PortInfo | None = None
    _process: PortProcess | None = None
    _pending: dict[int, Check] = field(factory=dict)
    _number: int = 0
    _faults: int = 0
    _suspects: int = 0
    """Checks that were under way when the port failed, and are asked one at a time now."""

    def hello(self) -> PortInfo:
        """Start the port and greet it. Raises `UnusablePort`."""
        try:
            self._process = PortProcess(self.command, self.timeout)
        except OSError as error:
            raise UnusablePort(f"cannot start {self.command[0]!r}: {error.strerror or error}") from None
        self._process.send({"id": 0, "do": "hello", "protocol": PROTOCOL, "ir": self.ir})
        try:
            answer = self._process.receive()
        except PortFault as fault:
            errors = self._process.errors
            self._end()
            raise UnusablePort(f"no answer to hello: {fault}" + (f"\n{errors}" if errors else "")) from None
        if (
            answer.get("id") != 0
            or answer.get("protocol") != PROTOCOL
            or not isinstance(answer.get("formats"), list)
        ):
            self._end()
            raise UnusablePort(
                f'the answer to hello must be {{"id": 0, "port": NAME, "protocol": {PROTOCOL}, "formats": […], '
                f'"features": […]}}, not {ascii(answer)[:200]}'
            )
        offers = {*answer["formats"], *answer.get("features", ()), "optional", "datacontract"}
        if "features" in answer and "datacontract" not in answer["features"]:
            offers.discard("datacontract")
        self.port_info = PortInfo(
            str(answer.get("port", "a port without a name")), frozenset(map(str, offers))
        )
        return self.port_info

    def run(self, checks: Sequence[Check]) -> None:
        """Report an outcome for each check. Raises `UnusablePort` where the port does not even greet."""
        if self._process is None:
            self.hello()
        assert self.port_info is not None
        todo: deque[Check] = deque()
        for check in checks:
            lacking = sorted(check.needs - self.port_info.offers)
            if lacking:
                self.on_outcome(Outcome(check, "skipped", f"the port does not offer {', '.join(lacking)}"))
            else:
                todo.append(check)
        while (todo or self._pending) and self._faults < FAULTS_IN_A_ROW:
            window = 1 if self._suspects else AHEAD
            try:
                while todo and len(self._pending) < window:
                    self._ask(todo.popleft())
                self._take(self._receive())
            except PortFault as fault:
                self._after_fault(fault, todo)
            else:
                self._faults = 0
                self._suspects = max(0, self._suspects - 1)
        for check in (*self._pending.values(), *todo):
            self.on_outcome(Outcome(check, "not run", f"given up after {FAULTS_IN_A_ROW} faults in a row"))
        self._pending.clear()

    def _after_fault(self, fault: PortFault, todo: deque[Check]) -> None:
        """Charge the fault where it is clear whose it is, and start another port. Raises `UnusablePort`."""
        process = self._process
        self._end()
        # Only now: what the port wrote last is read by a thread, which has ended with it.
        errors = process.errors if process is not None else ""
        if len(self._pending) == 1:
            (check,) = self._pending.values()
            self._pending.clear()
            self.on_outcome(Outcome(check, "broken", str(fault), errors=errors))
            self._faults += 1
            self._suspects = max(0, self._suspects - 1)
        else:
            todo.extendleft(reversed(self._pending.values()))
            self._suspects = len(self._pending)
            self._pending.clear()
        if todo and self._faults < FAULTS_IN_A_ROW:
            self.hello()

    def _ask(self, check: Check) -> None:
        assert self._process is not None
        self._number += 1
        self._pending[self._number] = check
        self._process.send({"id": self._number, **check.request})

    def _receive(self) -> dict[str, Any]:
        assert self._process is not None
        answer = self._process.receive()
        number = answer.get("id")
        if not isinstance(number, int) or isinstance(number, bool) or number not in self._pending:
            raise PortFault(f"an answer to {ascii(number)[:40]}, which nobody asked")
        return answer

    def _take(self, answer: Mapping[str, Any]) -> None:
        check = self._pending.pop(answer["id"])
        assert self._process is not None
        errors = self._process.errors
        if "skipped" in answer:
            self.on_outcome(Outcome(check, "skipped", str(answer["skipped"])))
        elif "broken" in answer:
            self.on_outcome(Outcome(check, "broken", str(answer["broken"]), errors=errors))
        elif (deviation := difference(check, answer)) is None:
            self.on_outcome(Outcome(check, "passed"))
        else:
            message = str(answer.get("why", "")) if "refused" in answer else "another result"
            if "refused" in check.expected:
                message = "not refused"
            self.on_outcome(Outcome(check, "failed", message or "refused", deviation, errors))

    def close(self) -> None:
        """Say goodbye and end the port."""
        if self._process is not None:
            self._process.send({"id": self._number + 1, "do": "bye"})
            self._process.close(patience=1.0)
            self._process = None

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


def run_all(
    command: Sequence[str], ir: str, checks: Sequence[Check], *, jobs: int = 1, timeout: float = 5.0,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[PortInfo, list[Outcome]]:  # fmt: skip
    """Outcomes in the order of the checks, by `jobs` ports at once. Raises `UnusablePort`.

    Args:
        ir: path of the kit's ir.json; checks of another IR of the kit are run by ports that are told that one.
    """
    outcomes: dict[str, Outcome] = {}
    lock = threading.Lock()

    def keep(outcome: Outcome) -> None:
        with lock:
            outcomes[outcome.check.name] = outcome
            on_outcome(outcome)

    parts: dict[str, list[Check]] = {}
    for check in checks:
        parts.setdefault(_ir_of(check, ir), []).append(check)
    infos = [
        _run_part(
            [Runner(command, path, timeout, keep) for _ in range(max(1, min(jobs, len(part) or 1)))], part
        )
        for path, part in (parts or {ir: []}).items()
    ]
    return infos[0], [outcomes[check.name] for check in checks if check.name in outcomes]


def _ir_of(check: Check, ir: str) -> str:
    """The path of the IR of a check; the kit's own where the kit does not have the one that the vectors name."""
    name = Path(check.ir)
    path = Path(ir).parent / name
    # The vectors may be somebody else's: they name a file of the kit, or none.
    return ir if name.is_absolute() or ".." in name.parts or not path.is_file() else str(path)


def _run_part(runners: list[Runner], checks: Sequence[Check]) -> PortInfo:
    """Run the checks of one IR by all runners at once. Raises `UnusablePort`."""
    info = runners[0].hello()
    failures: list[UnusablePort] = []

    def work(runner: Runner, part: Sequence[Check]) -> None:
        try:
            runner.run(part)
        except UnusablePort as error:
            failures.append(error)
        finally:
            runner.close()

    threads = [
        threading.Thread(target=work, args=(runner, checks[index :: len(runners)]))
        for index, runner in enumerate(runners)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return info
