"""Proves that a constraint bites: asks for something that the schema forbids."""

import json

from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import TeacherError

ALLOWED = ("k7", "m2")
SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "enum": list(ALLOWED)}},
    "required": ["word"],
    "additionalProperties": False,
}
FORBIDDEN = "Reply with the single word hello, no JSON, no braces, nothing else."


def probe_request() -> Request:
    """A request whose obedient reply would break the schema."""
    return Request(
        key=RequestKey(sample=-1, step=0, stage="probe"),
        messages=(Message(role="user", content=FORBIDDEN),),
        json_schema=SCHEMA,
        sampling=Sampling(temperature=0.0, max_tokens=24),
        seed=1,
    )


async def prove_constraint(teacher: Teacher) -> None:
    """Raises TeacherError if the reply is not bound by the schema."""
    reply = await teacher.ask(probe_request())
    try:
        obeys = json.loads(reply.text)["word"] in ALLOWED
    except (ValueError, TypeError, KeyError):
        obeys = False
    if not obeys:
        raise TeacherError(
            f"the server does not constrain its replies: asked for a JSON object, it wrote {reply.text[:60]!r}; "
            "its vLLM is too old or too new, or its structured-output backend is off (run `toolgrad-local doctor`)"
        )
