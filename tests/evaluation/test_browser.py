"""The page of an evaluation in a real headless browser, opened from disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.export.row import Row

HOSTILE = (
    '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script></title><!--DATA-->'
    '<svg onload="window.hit=1"><a href="javascript:window.hit=1">{{x}}</a>\u2028'
)
PARIS = ("weather_forecast", {"city": "Paris"})


@pytest.fixture
def page_file(
    command: Callable[..., Any],
    write_data: Callable[..., Path],
    write_evaluation: Callable[..., Path],
    make_row: Callable[..., Row],
    answer_with: Callable[..., Answer],
    say_calls: Any,
) -> Path:
    """The page of four rows, one of them hostile."""
    note = ("tasks_create", {"title": HOSTILE})
    data = write_data(
        test=[
            make_row("w000001", [PARIS], query="How warm is Paris?", answer="20 degrees."),
            make_row("w000002", [note], query=HOSTILE, answer=HOSTILE),
            make_row("w000002-irrelevance", query="Sing."),
            make_row("n0007", query="Tell me a joke."),
        ]
    )
    answers = [
        answer_with("w000001", say_calls(PARIS), "It is warm."),
        answer_with("w000002", say_calls(note), HOSTILE),
        answer_with("w000002-irrelevance", say_calls(("no_such_tool", {}))),
        answer_with("n0007", "Knock, knock."),
    ]
    out = write_evaluation(data, answers, HOSTILE.replace("/", ""))
    assert command("evaluate", "--data", data, "--out", out).code == 0
    return out / "index.html"


def rows(page: Any) -> list[str]:
    """The ids in the list."""
    return list(page.locator(".row b").all_inner_texts())


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figures_and_the_rows_are_shown_and_nothing_sticks_out(
    open_page: Callable[..., Any], page_file: Path, width: int, scheme: str
) -> None:
    page = open_page(page_file, width=width, scheme=scheme)
    assert rows(page) == ["w000001", "w000002", "w000002-irrelevance", "n0007"]
    assert "4 of 4 rows" in page.inner_text("#found")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 1000:
        assert "tool F1" in page.inner_text("#detail")


def test_right_and_wrong_answers_are_filtered_and_searched(open_page: Callable[..., Any], page_file: Path) -> None:
    page = open_page(page_file)
    page.select_option("#filter-verdict", "wrong")
    assert rows(page) == ["w000002-irrelevance"]
    page.select_option("#filter-verdict", "")
    page.select_option("#filter-error", "unknown_tool")
    assert rows(page) == ["w000002-irrelevance"]
    page.select_option("#filter-error", "")
    page.select_option("#filter-domain", "weather")
    assert rows(page) == ["w000001"]
    page.select_option("#filter-domain", "")
    page.fill("#search", "JOKE")
    assert rows(page) == ["n0007"]
    page.fill("#search", "zebra")
    assert "No row passes" in page.inner_text("#list")


def test_a_row_shows_what_was_asked_what_is_right_and_what_was_done(
    open_page: Callable[..., Any], page_file: Path
) -> None:
    page = open_page(page_file)
    page.click("#row-0")
    shown = page.inner_text("#detail")
    for words in ("w000001", "How warm is Paris?", "20 degrees.", "weather_forecast", "It is warm.", "tool recall"):
        assert words in shown
    assert page.url.endswith("#row=w000001")
    page.keyboard.press("j")
    page.wait_for_selector("#detail h2:text-is('w000002')")
    page = open_page(page_file, hash="#row=n0007")
    assert "Knock, knock." in page.inner_text("#detail")


def test_a_row_full_of_markup_and_script_does_nothing(open_page: Callable[..., Any], page_file: Path) -> None:
    page = open_page(page_file, hash="#row=w000002")
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, object, #detail script, [onerror], [onload], a[href^=javascript]").count() == 0
    assert "onerror" in page.inner_text(".query")
    assert page.title().startswith("<img src=x")


def test_the_page_may_neither_connect_nor_make_markup(chromium: Any, page_file: Path) -> None:
    page = chromium.new_page()
    page.goto(page_file.resolve().as_uri())
    refused = "try {{ await ({}); return 'done'; }} catch (error) {{ return error.name; }}"
    for attempt in ("fetch('http://127.0.0.1:9/')", "(async () => { document.body.innerHTML = '<b>x</b>'; })()"):
        assert page.evaluate(f"(async () => {{ {refused.format(attempt)} }})()") == "TypeError"
    page.close()
