"""``python -m bench.wire``: the codecs beside their peers, JSON and XML in one run."""

from __future__ import annotations

import importlib
import importlib.util

from bindwright.runtime.compile.accelerator import json_values


def main() -> None:
    """Run every format's benchmark."""
    print("with the accelerator" if json_values() is not None else "without the accelerator")
    for name in (
        "bench.wire.bench_json",
        "bench.wire.bench_json_nested",
        "bench.wire.bench_json_shapes",
        "bench.wire.bench_every_model",
        "bench.wire.bench_xml",
        "bench.wire.bench_xml_nested",
        "bench.wire.bench_shapes",
    ):
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).main()


if __name__ == "__main__":
    main()
