"""The sources of the page, and what a row becomes on it."""

import re
from pathlib import Path

import pytest

from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.evaluation.page_rows import MOST_CHARACTERS, SOURCES, describe_row
from toolgrad_local.evaluation.score import RowScore
from toolgrad_local.pages.join import join_page

FILES = sorted(SOURCES.folder.iterdir())
FORBIDDEN = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "setTimeout(", "fetch(",
    "XMLHttpRequest", "import(", "url(http", "http://", "https://",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_source_is_part_of_the_page_loads_nothing_and_makes_no_markup_from_text(path: Path) -> None:
    assert path.name in {*SOURCES.styles, *SOURCES.scripts, "page.html"}
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert [word for word in FORBIDDEN if word in text] == []


def test_the_page_has_one_script_that_its_policy_names() -> None:
    page = join_page(SOURCES, "<b>", {"head": "", "rows": ""})
    assert page.count("</style>") == 1
    assert len(re.findall(r"<script type=\"module\">", page)) == 1
    assert "<title>&lt;b&gt;</title>" in page


def test_a_row_says_what_was_done_and_long_results_are_cut() -> None:
    call = ToolCall(tool="a_b", arguments={})
    row = describe_row(
        RowScore(id="w1", kind="positive", domains=("a",), held_out=False, values={"right": 1.0}, errors={}),
        query="What?",
        tools=(),
        gold=[(call, {"long": "x" * 2 * MOST_CHARACTERS})],
        gold_answer=None,
        answer=Answer(id="w1", replies=(Said(text="hello", finish="stop"),)),
        made=[(call, ToolResult(ok=False, error="not_found", message="no such thing")), (call, None)],
    )
    assert len(row["gold"][0]["result"]) == MOST_CHARACTERS + 1
    assert [(made["error"], made["result"]) for made in row["made"]] == [("not_found", '"no such thing"'), (None, None)]
    assert (row["right"], row["replies"]) == (True, [["hello", "stop"]])
