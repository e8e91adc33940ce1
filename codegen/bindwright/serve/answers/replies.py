"""Responses of an API: the mock's own, those with a value that was given, and refusals."""

from __future__ import annotations

from typing import Any

from attrs import define, evolve

from bindwright.ir.model import Api, Content, Operation
from bindwright.ir.model import Response as Documented
from bindwright.serve.answers import headers, problems
from bindwright.serve.answers import selection as answers
from bindwright.serve.answers.paging import paged
from bindwright.serve.answers.selection import NOTHING, Answers
from bindwright.serve.exchange import Exchange
from bindwright.serve.message import Headers, Request, Response, overridden
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.refusal import Refusal
from bindwright.serve.routing.prefer import Preferences
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import dumps


@define
class Replies:
    """Makes the responses of an API."""

    api: Api
    answers: Answers
    seed: int = 0

    def acceptable(self, exchange: Exchange, documented: Documented | None) -> Content | None:
        """The content to answer in; None where the response has no body. Raises `Refusal` 406."""
        if documented is None or not documented.contents:
            return None
        content = answers.negotiate(documented.contents, exchange.accept)
        if content is None and documented.status[:1] in "45":
            return documented.contents[0]  # an error in another format says more than a 406
        if content is None:
            offers = ", ".join(content.media_type for content in documented.contents)
            raise Refusal(406, f"{exchange.accept!r} accepts nothing of what is documented: {offers}")
        return content

    def handled(
        self, exchange: Exchange, status: int, documented: Documented | None, value: Any, chosen: Headers
    ) -> Response:
        """A handler's answer; None is no body. Header fields that it chose go before samples, also its content type.

        Raises `Refusal` 406 or 500.
        """
        named = next((text for name, text in chosen if name.lower() == "content-type"), None)
        content = answers.typed(documented.contents, named) if documented and named else None
        if content is None and value is not None:
            content = self.acceptable(exchange, documented)
        body_place = (
            BodyPlace(exchange.operation, documented.status, content) if documented and content else None
        )
        response = self.valued(exchange, status, documented, body_place, NOTHING if value is None else value)
        return evolve(response, headers=overridden(response.headers, chosen))

    def documented(
        self, exchange: Exchange, status: int, documented: Documented | None, body: Any = None
    ) -> Response:
        """The mock's own answer: an example or a sample, a page of it where the operation has pages.

        `body` is the value of the request's body, in which the place in the list may stand. Raises `Refusal` 406.
        """
        content = self.acceptable(exchange, documented)
        if documented is None or content is None:
            return self.valued(exchange, status, documented, None, NOTHING)
        body_place = BodyPlace(exchange.operation, documented.status, content)
        value = self.answers.value(body_place, documented.contents, exchange.preferences)
        is_chosen = exchange.preferences.example is not None or exchange.preferences.code is not None
        if is_chosen or exchange.operation.pages is None:
            return self.valued(exchange, status, documented, body_place, value)
        second = self.answers.sample(body_place, use_examples=False, seed=self.seed + 1)
        page = paged(exchange, body, (value, second), content.use, Checker(self.api, "response"))
        response = self.valued(exchange, status, documented, body_place, page.value)
        fields = (pair for pair in response.headers if pair[0].lower() not in page.without)
        return evolve(response, headers=(*fields, *page.headers))

    def valued(
        self,
        exchange: Exchange,
        status: int,
        documented: Documented | None,
        body_place: BodyPlace | None,
        value: Any,
    ) -> Response:
        """A response with a value; without a body_place it is JSON, `NOTHING` is no body. Raises `Refusal` 500."""
        fields = headers.sampled(self.api, exchange.operation, documented, self.seed)
        applied = exchange.preferences.applied
        fields += (("Preference-Applied", applied),) if applied else ()
        if body_place is None:
            body = dumps(value) if value is not NOTHING else b""
            fields = (("Content-Type", "application/json"), *fields) if body else fields
            return Response(status=status, headers=fields, body=body)
        try:
            body = self.answers.body(body_place, value)
        except CodecError as error:
            raise Refusal(
                500, f"the mock cannot write its answer as {body_place.content.media_type}: {error}"
            ) from error
        return Response(
            status=status, headers=(("Content-Type", answers.media_type_of(body_place)), *fields), body=body
        )

    def refused(self, operation: Operation | None, request: Request, refusal: Refusal) -> Response:
        """An error as the document describes it, else as a problem."""
        documented = answers.documented(operation, refusal.status) if operation is not None else None
        if operation is not None and documented is not None and documented.contents and refusal.status != 500:
            response = self._described(operation, documented, request, refusal)
            if response is not None:
                return response
        media_type, body = problems.problem(refusal, request.header("accept"))
        return Response(
            status=refusal.status,
            headers=overridden((("Content-Type", media_type),), refusal.headers),
            body=body,
        )

    def _described(
        self, operation: Operation, documented: Documented, request: Request, refusal: Refusal
    ) -> Response | None:
        content = answers.negotiate(documented.contents, request.header("accept")) or documented.contents[0]
        body_place = BodyPlace(operation, documented.status, content)
        try:
            value = self.answers.value(body_place, documented.contents, Preferences())
        except Refusal:  # the error's own schema has no value with an end
            return None
        if content.use is not None and value is not NOTHING:
            value = problems.filled(self.api, content.use, value, refusal)
        try:
            body = self.answers.body(body_place, value)
        except CodecError:
            return None
        fields = headers.sampled(self.api, operation, documented, self.seed)
        return Response(
            status=refusal.status,
            headers=overridden(
                (("Content-Type", answers.media_type_of(body_place)), *fields), refusal.headers
            ),
            body=body,
        )
