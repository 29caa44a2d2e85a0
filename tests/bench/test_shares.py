"""A profile by parts: a library's time is put down to whoever of us called it."""

import cProfile
import json

from toolgrad_local.bench.shares import NOBODY, part_of, share_by_part
from toolgrad_local.prompting.render import Prompts


def test_what_a_template_engine_does_is_the_prompts_time() -> None:
    prompts = Prompts()
    profile = cProfile.Profile()
    variables = {"proposals": 3, "aim": "", "hints": [], "facts": "", "calls": []}
    profile.runcall(prompts.render, "propose", tools=["a tool"] * 2000, **variables)
    shares = share_by_part(profile)
    assert abs(sum(shares.values()) - 1) < 0.01
    assert shares["prompting"] > 0.8


def test_what_none_of_us_called_is_nobodys() -> None:
    profile = cProfile.Profile()
    profile.runcall(json.dumps, list(range(10000)), indent=1)
    assert share_by_part(profile) == {NOBODY: 1.0}


def test_a_function_can_be_a_part_of_its_own() -> None:
    assert part_of(("/src/toolgrad_local/loop/context.py", 1, "read_reply")) == "parsing and validation"
    assert part_of(("/src/toolgrad_local/loop/context.py", 1, "ask")) == "stages of the loop"
    assert part_of(("/src/mock_apis/core/tool.py", 1, "run")) == "catalog and its calls"
    assert part_of(("/venv/site-packages/jinja2/runtime.py", 1, "loop")) is None
