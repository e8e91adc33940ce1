"""Whether a port speaks the protocol, before there is anything to transcode: ids, one line each, wrong requests, long lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from bindwright.conformance.port_process import PortFault, PortProcess

KINDS = ("output", "value", "request", "error", "refused", "skipped", "broken")
"""Members of which an answer has one."""
AHEAD = 64
LONG = 3_000_000
"""Characters of a long input: more than any buffer for lines has by default."""


@frozen
class Step:
    """One thing that was tried."""

    name: str
    fault: str = ""
    """What the port did wrong, in words; empty: nothing."""


def check_protocol(command: Sequence[str], ir: str, type_id: str, timeout: float) -> Iterator[Step]:
    """Steps in their order, each as soon as it is done; after one that leaves no port to talk to, there are no more.

    Args:
        command: starts the port.
        ir: path of the kit's ir.json, as the port is told it.
        type_id: a type that it has.
        timeout: seconds for one answer.

    Raises:
        OSError: the command cannot be started.
    """
    talk = _Talk(PortProcess(command, timeout), ir, type_id)
    try:
        for name, step in _STEPS:
            fault = _tried(step, talk)
            yield Step(name, fault)
            if fault and (talk.ended or name == "hello"):
                return
        yield Step("bye ends the port", _tried(_Talk.bye, talk))
    finally:
        talk.process.close()
    last = PortProcess(command, timeout)
    try:
        yield Step("the end of the input ends the port", _end_of_input(last, ir, timeout))
    finally:
        last.close()


def _tried(step: Callable[[_Talk], str], talk: _Talk) -> str:
    try:
        return step(talk)
    except PortFault as fault:
        talk.ended = True
        return f"{fault}" + (f"\n{talk.process.errors}" if talk.process.errors else "")


def answer_fault(answer: Mapping[str, Any], id: object = None) -> str:
    """What is wrong with the form of an answer; empty: nothing. `id`: the one that it has to have."""
    if not isinstance(answer.get("id"), int) or isinstance(answer["id"], bool):
        return f"the id has to be that of the request, a number, not {ascii(answer.get('id'))[:40]}"
    if id is not None and answer["id"] != id:
        return f"the answer to {id} has the id {answer['id']}"
    kinds = [kind for kind in KINDS if kind in answer]
    if len(kinds) != 1:
        return f"an answer has one of {', '.join(KINDS)}, not {' and '.join(kinds) or 'none'}"
    value = answer[kinds[0]]
    if kinds[0] == "refused" and value not in ("decode", "encode"):
        return f'"refused" is "decode" or "encode", not {ascii(value)[:40]}'
    if kinds[0] in ("skipped", "broken") and not isinstance(value, str):
        return f'"{kinds[0]}" says why, in words, not {ascii(value)[:40]}'
    if kinds[0] == "output" and not _is_output(value):
        return f'"output" is an object of texts by format, not {ascii(value)[:80]}'
    return ""


def _is_output(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) or (isinstance(text, dict) and set(text) == {"base64"})
        for text in value.values()
    )


@define
class _Talk:
    """A conversation with one port."""

    process: PortProcess
    ir: str
    type_id: str
    formats: list[str] = field(factory=list)
    ended: bool = False
    _id: int = 0

    def hello(self) -> str:
        self.process.send({"id": 0, "do": "hello", "protocol": 1, "ir": self.ir})
        answer = self.process.receive()
        wanted = {"id": 0, "protocol": 1}
        wrong = [f'"{name}" is {value}' for name, value in wanted.items() if answer.get(name) != value or answer.get(name) is True]  # fmt: skip
        if not isinstance(answer.get("port"), str):
            wrong.append('"port" is its name')
        for name in ("formats", "features"):
            if not isinstance(answer.get(name), list):
                wrong.append(f'"{name}" is a list')
        self.formats = [format for format in answer.get("formats") or () if isinstance(format, str)]
        return f"in the answer to hello, {', '.join(wrong)}; it was {ascii(answer)[:200]}" if wrong else ""

    def ask(self, **request: Any) -> tuple[dict[str, Any], str]:
        """The answer, and what is wrong with its form."""
        self._id += 1
        self.process.send({"id": self._id, **request})
        answer = self.process.receive()
        return answer, answer_fault(answer, self._id)

    def transcode(self, text: Any, **other: Any) -> dict[str, Any]:
        format = self.formats[0] if self.formats else "json"
        return {
            "do": "transcode",
            "type": self.type_id,
            "from": format,
            "to": [format],
            "input": text,
            **other,
        }

    def unknown_request(self) -> str:
        answer, fault = self.ask(do="x-unknown")
        return fault or ("" if "skipped" in answer else f"what it does not know is skipped; the answer was {ascii(answer)[:200]}")  # fmt: skip

    def unknown_type(self) -> str:
        answer, fault = self.ask(**self.transcode("{}", type="#no type of the API"))
        return fault or ("" if "output" not in answer else "a type that the IR does not have was written")

    def wrong_document(self) -> str:
        answer, fault = self.ask(**self.transcode("<{["))
        if fault or "skipped" in answer or answer.get("refused") == "decode":
            return fault
        return f'a document that is wrong is answered with "refused": "decode"; the answer was {ascii(answer)[:200]}'

    def octets(self) -> str:
        answer, fault = self.ask(**self.transcode({"base64": "//79"}))
        if fault or "skipped" in answer or answer.get("refused") == "decode":
            return fault
        return f"octets that are no document are refused as other texts are; the answer was {ascii(answer)[:200]}"

    def long_line(self) -> str:
        _, fault = self.ask(**self.transcode("[" + "1," * (LONG // 2) + "1]"))
        return fault

    def other_signs(self) -> str:
        _, fault = self.ask(**self.transcode('"\u00e9\u2028\n\U0001f600"'))
        return fault

    def many(self) -> str:
        wanted = {self._id + number for number in range(1, AHEAD + 1)}
        for number in sorted(wanted):
            self.process.send({"id": number, **self.transcode("<{[")})
        self._id += AHEAD
        while wanted:
            answer = self.process.receive()
            if fault := answer_fault(answer):
                return fault
            if answer["id"] not in wanted:
                return f"an answer to {answer['id']}, which is answered already or was not asked"
            wanted.discard(answer["id"])
        return ""

    def ids(self) -> str:
        self._id = 2**31
        _, fault = self.ask(**self.transcode("<{["))
        return fault

    def bye(self) -> str:
        self.process.send({"id": self._id + 1, "do": "bye"})
        return _ending(self.process)


def _ending(process: PortProcess) -> str:
    """What a port did that had to end by itself, with no line more."""
    try:
        answer = process.receive()
    except PortFault as fault:
        return "" if "exit code 0" in str(fault) else f"it has to end with exit code 0: {fault}"
    return f"there was a line that nobody asked for: {ascii(answer)[:200]}"


def _end_of_input(process: PortProcess, ir: str, timeout: float) -> str:
    process.send({"id": 0, "do": "hello", "protocol": 1, "ir": ir})
    try:
        process.receive()
        process.end_input()
        return _ending(process)
    except PortFault as fault:
        return str(fault)


_STEPS: tuple[tuple[str, Callable[[_Talk], str]], ...] = (
    ("hello", _Talk.hello),
    ("a request that it does not know", _Talk.unknown_request),
    ("a type that the IR does not have", _Talk.unknown_type),
    ("a wrong document", _Talk.wrong_document),
    ("octets", _Talk.octets),
    ("signs beyond ASCII", _Talk.other_signs),
    (f"a line of {LONG // 1_000_000} MB", _Talk.long_line),
    (f"{AHEAD} requests at once", _Talk.many),
    ("ids beyond 31 bits", _Talk.ids),
)
