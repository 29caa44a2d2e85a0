"""What a tool may say instead of a result. A tool raises one of these, declares it, and nothing else.

Messages name the argument or id at fault, so that a caller can repair the call.
"""


class ToolFailure(Exception):
    """A failure that is part of the tool's contract; `kind` is what a result reports."""

    kind = "tool_failure"


class InvalidArgument(ToolFailure):
    """An argument has the right type and an impossible value (a date before another, say)."""

    kind = "invalid_argument"


class NotFound(ToolFailure):
    """An id, code or name that nothing in this world has."""

    kind = "not_found"


class Conflict(ToolFailure):
    """The thing exists already, or the slot is taken."""

    kind = "conflict"


class FailedPrecondition(ToolFailure):
    """The thing exists, but is in a state in which this cannot be done."""

    kind = "failed_precondition"


class PermissionDenied(ToolFailure):
    """The persona of this world may not do that."""

    kind = "permission_denied"


class InsufficientFunds(ToolFailure):
    """An account holds less than is asked of it."""

    kind = "insufficient_funds"


class ResourceExhausted(ToolFailure):
    """A limit on size, number or time was met."""

    kind = "resource_exhausted"
