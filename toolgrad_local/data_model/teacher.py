"""What the loop knows of a teacher."""

from typing import Protocol

from toolgrad_local.data_model.exchange import Reply, Request


class Teacher(Protocol):
    """Answers requests. `name` is recorded with every sample."""

    name: str

    async def ask(self, request: Request) -> Reply:
        """The reply, whatever it is worth. Raises TeacherError when no reply can be had at all."""
        ...
