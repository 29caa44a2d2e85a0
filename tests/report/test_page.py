"""The page's text: what is embedded, and what its sources may hold."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.pages.join import SHARED, hash_source, join_page
from toolgrad_local.pages.pack import pack, to_json
from toolgrad_local.report.page import SOURCES
from toolgrad_local.report.samples import BLOCK_SAMPLES, cut_blocks, index_samples

FILES = sorted([*SOURCES.folder.iterdir(), *SHARED.iterdir()])
MARKUP_FROM_TEXT = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "Function(",
    "setTimeout(",
)
ADDRESSES = {"http://www.w3.org/2000/svg"}


def test_every_source_is_part_of_the_page() -> None:
    assert {path.name for path in FILES} == {*SOURCES.styles, *SOURCES.scripts, "page.html"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_source_is_short_loads_nothing_and_makes_no_markup_from_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert set(re.findall(r"https?://[^\s\"'`]+", text)) <= ADDRESSES
    assert [
        word for word in (*MARKUP_FROM_TEXT, "fetch(", "XMLHttpRequest", "import(", "url(http") if word in text
    ] == []


def test_the_script_and_the_style_cannot_end_early() -> None:
    page = join_page(SOURCES, "t", {}, [])
    assert page.count("</style>") == 1
    assert page.count("</script>") == 1


def test_the_policy_names_the_script_and_the_style_by_their_hashes() -> None:
    page = join_page(SOURCES, "t", {"index": pack(b"[]")}, [pack(b"[]")])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in unescape(policy[1]).split("; "))
    script = re.search(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert script is not None
    assert style is not None
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'{hash_source(script[1])}'"
    assert rules["style-src"] == f"'{hash_source(style[1])}'"


def test_a_title_is_escaped() -> None:
    assert "<title>&lt;b&gt; &amp; &lt;!--DATA--&gt;</title>" in join_page(SOURCES, "<b> & <!--DATA-->", {}, [])


def test_packed_data_are_letters_digits_and_three_signs() -> None:
    data = to_json({"text": "</script><!-- é \u2028", "lone": "\ud800"})
    assert json.loads(data)["lone"] == "\ud800"
    packed = pack(data)
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", packed)
    assert gzip.decompress(base64.b64decode(packed)) == data
    assert pack(data) == packed


def test_blocks_hold_every_sample_once_and_in_order(grow_sample: Callable[..., Trajectory]) -> None:
    first = grow_sample(0)
    samples = [first.model_copy(update={"sample": number}) for number in range(2 * BLOCK_SAMPLES + 1)]
    blocks = list(cut_blocks(samples))
    assert [start for start, _ in blocks] == [0, BLOCK_SAMPLES, 2 * BLOCK_SAMPLES]
    held = [record for _, data in blocks for record in json.loads(data)]
    assert [record["sample"] for record in held] == list(range(len(samples)))
    assert held[0]["workflow"] == first.model_dump(mode="json")["workflow"]
    assert "asks" not in held[0]["steps"][0]


def test_the_index_has_a_value_a_sample_in_every_list(varied: list[Trajectory]) -> None:
    index = index_samples(varied, {"hotels_get": "hotels"}, [0])
    tables = {"tools", "domains", "kinds", "parts", "reasons", "starts"}
    assert {name: len(values) for name, values in index.items() if name not in tables and len(values) != 6} == {}
    assert [index["reasons"][number] for number in index["reason"]] == [t.rejected for t in varied]
    assert index["domains"][index["tools"].index("hotels_get")] == "hotels"
    assert [index["kinds"][number] for number in index["findings"][3]] == ["untraced_argument"]
    assert index["agrees"] == [True, True, None, None, None, None]
