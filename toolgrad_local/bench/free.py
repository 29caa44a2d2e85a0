"""Requests without a constraint, for comparison."""

from typing import Any

from toolgrad_local.data_model.exchange import Request
from toolgrad_local.teacher.client import VllmClient


class FreeClient(VllmClient):
    """Lets the teacher write what it likes, exactly `max_tokens` of it."""

    def extra_body(self, request: Request) -> dict[str, Any]:
        """No schema, and no end before the length is reached; all else as in a constrained request."""
        body = super().extra_body(request)
        del body["structured_outputs"]
        return {**body, "ignore_eos": True, "min_tokens": request.sampling.max_tokens}
