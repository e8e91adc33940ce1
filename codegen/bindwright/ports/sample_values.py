"""Sample values of the types of an API, each made once for all that shows it: vectors, pages, calls."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bindwright.ir.model import Api, Use
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.values import Side


class SampleValues:
    """The values of one API. A value stands wherever its type does: nobody may change it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._values: dict[tuple[str, Side, int, bool, str], Any] = {}

    def of(self, use: Use, side: Side, seed: int = 0, *, examples: bool = True, place: str = "") -> Any:
        """The JSON value of a use as one side sends it; bytes for binary bodies.

        Args:
            use: what is sampled. Uses that say the same have the same value.
            side: who sends it.
            seed: another one makes another value.
            examples: whether those of the document go before.
            place: of two places, the same use has two values: what takes one for the other is to be seen.
        """
        key = (repr(replace(use, doc="")), side, seed, examples, place)
        if key not in self._values:
            self._values[key] = Sampler(self.api, side, seed, examples).sample(use, place or use.type)
        return self._values[key]
