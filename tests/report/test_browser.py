"""The page in a real headless browser, opened from disk: no request, no error on the console, no dialog."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.audit import Finding
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.seeding import derive_seed

MANY = 10_000
HOSTILE = (
    '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script></title><!--DATA-->'
    '<svg onload="window.hit=1"><a href="javascript:window.hit=1">{{x}}</a>\u2028'
)

Page = Any
OpenPage = Callable[..., Page]


@pytest.fixture
def page_file(varied: list[Trajectory], write_run: Callable[..., Path], report_of: Callable[..., Path]) -> Path:
    """The report of the run of six samples."""
    return report_of(write_run(varied))


def open_at(page: Page, sample: int) -> None:
    """Wait until that sample is shown."""
    page.wait_for_selector(f".sample-head h2:text-is('Sample {sample}')")


def count(page: Page, selector: str) -> int:
    """How many elements there are."""
    return int(page.locator(selector).count())


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figures_are_drawn_and_nothing_sticks_out(
    open_page: OpenPage, page_file: Path, width: int, scheme: str
) -> None:
    page = open_page(page_file, width=width, scheme=scheme)
    assert page.locator("main:visible .panel").count() >= 10
    assert "33.3\u00a0%" in page.inner_text(".rates")
    page.wait_for_selector(".chart svg")
    assert count(page, ".chart rect.solid") > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_colours_follow_the_system_until_the_reader_chooses(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme")
    assert page.inner_text("#theme").endswith("Light")
    assert page.evaluate(ground) != dark
    page.click("#theme")
    assert page.evaluate(ground) == dark


def test_a_sample_is_opened_from_the_list_and_shows_its_calls(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, hash="#samples")
    assert count(page, ".row") == 6
    page.click(".row:nth-child(1)")
    open_at(page, 0)
    assert page.url.endswith("#sample=0")
    assert page.locator(".call .tool").all_inner_texts()[0] == "airports_in_city"
    assert count(page, ".turn") == 2
    assert count(page, ".turn:nth-of-type(2) .call") == 3
    assert count(page, ".source.edge") == 3
    assert count(page, "svg.edges path.edge-line") == 3
    assert "2025-03-14" in page.locator(".query mark.said").all_inner_texts()
    assert page.inner_text(".checks").count("✓") == 3
    assert "a model should ask for it" in page.inner_text("#detail")
    assert "two flights that day" in page.inner_text(".response")


def test_a_result_is_folded_and_says_what_it_feeds(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, hash="#sample=0")
    open_at(page, 0)
    assert count(page, ".tree") == 0
    page.click(".call[data-link='2'] summary")
    page.wait_for_selector(".call[data-link='2'] .feeds")
    assert page.inner_text(".call[data-link='2'] .feeds").endswith("call 5 hotel_id")
    bottoms = page.locator(".call").evaluate_all("cards => cards.map(card => card.getBoundingClientRect().bottom)")
    middles = "dots => dots.map(dot => dot.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2)"
    dots = page.locator(".edge-start").evaluate_all(middles)
    assert sorted(dots) == pytest.approx(sorted(bottoms[:3]), abs=1.5)


def test_findings_stand_beside_what_they_are_about(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, hash="#sample=2")
    open_at(page, 2)
    assert page.locator(".query mark.fault").all_inner_texts() == ["hotels_get", "HT-9"]
    assert "call not asked for" in page.inner_text(".call[data-link='2'] .finding")
    assert "rejected" in page.inner_text(".sample-head")


@pytest.mark.parametrize(
    ("name", "value", "samples"),
    [
        pytest.param("kind", "released", ["#0", "#1"], id="kind"),
        pytest.param("kind", "no_query", ["#4"], id="a rejection"),
        pytest.param("verdict", "leaked_id", ["#2"], id="a finding"),
        pytest.param("verdict", "none", ["#0", "#1"], id="nothing found"),
        pytest.param("domain", "weather", ["#1", "#3"], id="domain"),
        pytest.param("calls", "5", ["#0", "#2", "#4"], id="calls"),
    ],
)
def test_the_list_is_filtered(open_page: OpenPage, page_file: Path, name: str, value: str, samples: list[str]) -> None:
    page = open_page(page_file, hash="#samples")
    page.select_option(f"#filter-{name}", value)
    assert page.locator(".row b").all_inner_texts() == samples
    assert page.inner_text("#found") == f"{len(samples)} of 6 samples"


@pytest.mark.parametrize(
    ("words", "samples"),
    [
        pytest.param("TOKYO weather", ["#1", "#3"], id="query, any case"),
        pytest.param("hotels_get", ["#0", "#2", "#4"], id="tool"),
        pytest.param("breakfast", ["#0", "#1", "#2", "#3"], id="response"),
        pytest.param("#3", ["#3"], id="number"),
        pytest.param("zebra", [], id="nothing"),
    ],
)
def test_the_list_is_searched(open_page: OpenPage, page_file: Path, words: str, samples: list[str]) -> None:
    page = open_page(page_file, hash="#samples")
    page.keyboard.press("/")
    page.keyboard.type(words)
    assert page.locator(".row b").all_inner_texts() == samples
    assert count(page, "#rows .empty") == (0 if samples else 1)


def test_the_keys_move_through_the_list(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, hash="#sample=1")
    open_at(page, 1)
    for key, sample in (("j", 2), ("ArrowDown", 3), ("k", 2), ("ArrowUp", 1)):
        page.keyboard.press(key)
        open_at(page, sample)
    assert page.get_attribute("#list", "aria-activedescendant") == "row-1"


def test_a_link_leads_to_a_sample_and_says_if_there_is_none(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, hash="#sample=3", width=360)
    open_at(page, 3)
    assert not page.is_visible("#list")
    page.click(".back")
    page.wait_for_selector("#list", state="visible")
    page.evaluate("location.hash = '#sample=99'")
    page.wait_for_selector("text=There is no sample 99 in this run.", state="attached")


def test_a_figure_leads_to_the_samples_that_it_counts(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.click("button.pick:text-is('id leaked into the query')")
    page.wait_for_selector("#list", state="visible")
    assert page.locator(".row b").all_inner_texts() == ["#2"]


def test_two_runs_stand_side_by_side(
    open_page: OpenPage, varied: list[Trajectory], write_run: Callable[..., Path], report_of: Callable[..., Path]
) -> None:
    other = write_run(varied[:4], "other")
    page = open_page(report_of(write_run(varied), "--compare", other))
    assert page.locator("h2").all_inner_texts().count("Funnel of other") == 1
    assert "other, written" in page.inner_text("#overview")


def test_a_sample_full_of_markup_and_script_does_nothing(
    open_page: OpenPage,
    grow_sample: Callable[..., Trajectory],
    write_run: Callable[..., Path],
    report_of: Callable[..., Path],
) -> None:
    whole = grow_sample(0, query=HOSTILE, response=HOSTILE, thoughts=(HOSTILE,) * 3, teacher=HOSTILE)
    link = whole.workflow.links[0]
    leaves = tuple(leaf.model_copy(update={"value": HOSTILE, "path": HOSTILE}) for leaf in link.leaves)
    result = link.result.model_copy(update={"value": {HOSTILE: [HOSTILE, {HOSTILE: HOSTILE}]}})
    links = (link.model_copy(update={"leaves": leaves, "result": result}), *whole.workflow.links[1:])
    style = whole.style.model_copy(update=dict.fromkeys(("persona", "situation", "tone", "length"), HOSTILE))
    steps = tuple(step.model_copy(update={"reason": HOSTILE}) for step in whole.steps)
    assert whole.audit is not None
    assert whole.omission is not None
    changes = {
        "workflow": whole.workflow.model_copy(update={"links": links}),
        "audit": whole.audit.model_copy(update={"findings": (Finding(kind="invented_name", detail=HOSTILE, link=0),)}),
        "omission": whole.omission.model_copy(update={"query": HOSTILE, "value": HOSTILE}),
        "style": style,
        "steps": steps,
    }
    run = write_run([whole.model_copy(update=changes)], "<img src=x onerror=window.hit=1>")
    page = open_page(report_of(run), hash="#sample=0")
    open_at(page, 0)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    page.wait_for_selector(".tree .line")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert count(page, "img, iframe, object, #detail script, [onerror], [onload], a[href^=javascript]") == 0
    assert "onerror" in page.inner_text(".query .text")
    assert page.title() == "<img src=x onerror=window.hit=1>: toolgrad-local report"


def test_the_page_may_neither_connect_nor_make_markup(chromium: Any, page_file: Path) -> None:
    page = chromium.new_page()
    page.goto(page_file.resolve().as_uri())
    refused = "try {{ await ({}); return 'done'; }} catch (error) {{ return error.name; }}"
    for attempt in ("fetch('http://127.0.0.1:9/')", "(async () => { document.body.innerHTML = '<b>x</b>'; })()"):
        assert page.evaluate(f"(async () => {{ {refused.format(attempt)} }})()") == "TypeError"
    page.close()


def test_damaged_data_are_said_to_be(chromium: Any, page_file: Path) -> None:
    text = page_file.read_text(encoding="utf-8")
    page_file.write_text(text.replace('id="data-index">H4s', 'id="data-index">H5s'), encoding="utf-8")
    page = chromium.new_page()
    page.goto(page_file.resolve().as_uri())
    page.wait_for_selector(".trouble:has-text('The data of this page are damaged')")
    page.close()


def vary(trajectory: Trajectory, number: int) -> Trajectory:
    """The sample under another number, with another query."""
    words = [f"word{derive_seed(number, place) % 5000}" for place in range(30)]
    return trajectory.model_copy(
        update={"sample": number, "query": trajectory.query and f"{trajectory.query} {' '.join(words)}"}
    )


@pytest.mark.slow
def test_ten_thousand_samples_load_and_scroll(
    open_page: OpenPage,
    varied: list[Trajectory],
    write_run: Callable[..., Path],
    report_of: Callable[..., Path],
) -> None:
    many = [vary(varied[number % len(varied)], number) for number in range(MANY)]
    file = report_of(write_run(many))
    start = time.perf_counter()
    page = open_page(file, hash=f"#sample={MANY - 1}")
    open_at(page, MANY - 1)
    loaded = time.perf_counter() - start
    rows = page.evaluate(
        """async () => {
          const list = document.querySelector("#list"), counts = [];
          for (let i = 0; i <= 40; i++) {
            list.scrollTop = list.scrollHeight * i / 40;
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            counts.push(document.querySelectorAll(".row").length);
          }
          return counts;
        }"""
    )
    start = time.perf_counter()
    page.fill("#search", "#1234 tokyo")
    page.wait_for_function("document.querySelector('#found').textContent.startsWith('0 of')")
    page.fill("#search", "word1234")
    found = time.perf_counter() - start
    size = file.stat().st_size / 1e6
    print(f"\n{MANY} samples, {size:.1f} MB: open in {loaded:.2f} s, two searches in {found:.2f} s")
    assert 5 < min(rows) <= max(rows) < 40
    assert loaded < 20
