"""A journal with a few rows."""

from collections.abc import Callable

import pytest

from toolgrad_local.data_model.exchange import Reply, RequestKey, Usage
from toolgrad_local.journal.store import Journal


@pytest.fixture
def add_rows() -> Callable[..., None]:
    """Adds a reply, a call and a sample for each number."""

    def add(journal: Journal, *numbers: int) -> None:
        for number in numbers:
            key = RequestKey(sample=number, step=0, stage="propose")
            usage = Usage(prompt_tokens=9, completion_tokens=3)
            reply = Reply(text=f"reply {number} " + "é" * 300, finish_reason="stop", usage=usage)
            journal.add_reply(key, "d" * 64, reply, 0.25)
            journal.add_call(number, 0, 0, 0, '{"tool":"a_b"}', '{"value":1}')
            journal.add_sample(number, f'{{"sample":{number}}}' + "x" * 300)

    return add
