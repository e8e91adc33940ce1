"""The port as a process: lines of JSON to its standard input, lines of JSON from its standard output.

Two threads keep the pipes moving, so that neither side can block the other: a port that stops reading must not
stop the runner, and a runner that sends ahead must not fill the pipe of a port that is writing.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of one answer; a longer line is a fault of the port."""
_STDERR_LINES = 20


class PortFault(Exception):
    """The port ended, was silent for too long, or wrote something that is no answer."""


class PortProcess:
    """One running port. Not for several threads at once."""

    def __init__(self, command: Sequence[str], timeout: float) -> None:
        """Raises OSError where the command cannot be started; `timeout` is in seconds for one answer."""
        self._timeout = timeout
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._incoming: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._errors: deque[str] = deque(maxlen=_STDERR_LINES)
        # A session of its own, so that what the port itself started ends with it.
        own_group: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **own_group
        )
        self._threads = [
            threading.Thread(target=work, daemon=True)
            for work in (self._write, self._read, self._read_errors)
        ]
        for thread in self._threads:
            thread.start()

    def send(self, message: Mapping[str, Any]) -> None:
        """Queue a message; it is written by another thread."""
        self._outgoing.put(json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")

    def end_input(self) -> None:
        """Close the port's standard input, behind what is queued."""
        self._outgoing.put(None)

    def receive(self) -> dict[str, Any]:
        """The next answer. Raises `PortFault`."""
        deadline = time.monotonic() + self._timeout
        try:
            line = self._incoming.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise PortFault(f"no answer within {self._timeout:g} s") from None
        if line is None:
            raise PortFault(self._ending())
        if not line.endswith(b"\n"):
            raise PortFault(f"an unfinished or too long line: {_beginning(line)}")
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            raise PortFault(f"a line that is no JSON: {_beginning(line)}") from None
        if not isinstance(answer, dict):
            raise PortFault(f"a line that is no JSON object: {_beginning(line)}")
        return answer

    def _ending(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(timeout=1)
            return (
                f"the port ended by signal {-code}" if code < 0 else f"the port ended with exit code {code}"
            )
        return "the port closed its standard output"

    @property
    def errors(self) -> str:
        """The last lines that the port wrote to its standard error."""
        return "\n".join(self._errors)

    def close(self, patience: float = 0.0) -> None:
        """End the process, after `patience` seconds for it to end by itself."""
        self._outgoing.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=patience)
        if self._process.poll() is None:
            self._kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _kill(self) -> None:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _write(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):  # the port ended: its reader will say so
            while (line := self._outgoing.get()) is not None:
                stream.write(line)
                if self._outgoing.empty():
                    stream.flush()
            stream.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while line := stream.readline(LINE_LIMIT):
                self._incoming.put(line)
        self._incoming.put(None)

    def _read_errors(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while line := stream.readline(4096):
                self._errors.append(line.decode("utf-8", "replace").rstrip("\n"))


def _beginning(line: bytes) -> str:
    text = line[:120].decode("utf-8", "replace").rstrip("\n")
    return ascii(text) + ("…" if len(line) > 120 else "")
