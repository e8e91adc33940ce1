"""The codecs beside their peers, JSON and XML in one run, or some of its tables."""

from __future__ import annotations

import argparse
import importlib
import sys

from bindwright.runtime.compile.accelerator import json_values

TABLES = (
    "bench_json",
    "bench_json_nested",
    "bench_json_shapes",
    "bench_every_model",
    "bench_xml",
    "bench_xml_nested",
    "bench_shapes",
    "bench_kinds",
)


def main() -> None:
    """Run the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.wire", description=__doc__)
    parser.add_argument(
        "--only", default="", help="tables whose module's name contains this: " + ", ".join(TABLES)
    )
    only = parser.parse_args().only
    sys.argv[1:] = []  # tables have arguments of their own
    print("with the accelerator" if json_values() is not None else "without the accelerator")
    for name in TABLES:
        if only in name:
            importlib.import_module(f"bench.wire.{name}").main()


if __name__ == "__main__":
    main()
