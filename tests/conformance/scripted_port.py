"""A port that upper-cases texts, and misbehaves where its input says so: ``python scripted_port.py``."""

from __future__ import annotations

import json
import os
import sys
import time


def answer(message: dict[str, object]) -> dict[str, object]:
    if message["do"] == "hello":
        return {"port": "scripted 1.0", "protocol": 1, "formats": ["json", "xml"], "features": ["value"]}
    text = message["input"]
    assert isinstance(text, str)
    if text == "refuse":
        return {"refused": "decode", "why": "it was asked to"}
    if text == "skip":
        return {"skipped": "not yet"}
    if text == "broken":
        return {"broken": "an exception of its own"}
    if message["do"] == "value":
        return {"value": ["string", text.upper()]}
    targets = message["to"]
    assert isinstance(targets, list)
    return {"output": dict.fromkeys(targets, text.upper())}


def misbehave(text: object) -> None:
    if text == "crash":
        print("about to end", file=sys.stderr, flush=True)
        os._exit(3)
    if text == "hang":
        time.sleep(60)
    if text == "rubbish":
        print("this is no JSON", flush=True)
    if text == "list":
        print("[]", flush=True)
    if text == "partial":
        sys.stdout.write('{"id": 1, "outp')
        sys.stdout.flush()
        os._exit(0)
    if text == "lie":
        print(json.dumps({"id": 999999, "output": {}}), flush=True)
    if text == "large":
        print(json.dumps({"id": -1, "noise": "x" * 10_000_000}), flush=True)


def main() -> None:
    for line in sys.stdin:
        message = json.loads(line)
        if message["do"] == "bye":
            return
        misbehave(message.get("input"))
        print(json.dumps({"id": message["id"], **answer(message)}), flush=True)


if __name__ == "__main__":
    main()
