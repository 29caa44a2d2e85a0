"""Joins a page's sources and its data into one HTML text that needs nothing else."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

SHARED = Path(__file__).parent / "shared"
MARK = re.compile(r"<!--([A-Z]+)-->")


@dataclass(frozen=True)
class Sources:
    """What a page is made of: files of its own folder, or shared ones, in the order in which they are joined."""

    folder: Path
    """With page.html."""
    styles: tuple[str, ...]
    scripts: tuple[str, ...]

    def find(self, name: str) -> Path:
        """The page's own file of that name, else the shared one."""
        own = self.folder / name
        return own if own.is_file() else SHARED / name


def join_page(sources: Sources, title: str, packed: Mapping[str, str], blocks: Sequence[str] = ()) -> str:
    """The whole page. `packed` holds named data, `blocks` what is opened one by one, both as `pack` gives them."""
    style, script = (join_sources(sources, names) for names in (sources.styles, sources.scripts))
    parts = {
        "TITLE": escape(title),
        "POLICY": escape(write_policy(style, script)),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": "\n".join(
            [
                *(hold_data(f'id="data-{name}"', text) for name, text in packed.items()),
                *(hold_data('class="block"', text) for text in blocks),
            ]
        ),
    }
    skeleton = (sources.folder / "page.html").read_text(encoding="utf-8")
    pieces = MARK.split(skeleton)
    return "".join(parts[piece] if i % 2 else piece for i, piece in enumerate(pieces))


def join_sources(sources: Sources, names: Sequence[str]) -> str:
    """The files one after the other."""
    return "\n".join(sources.find(name).read_text(encoding="utf-8") for name in names)


def hold_data(mark: str, text: str) -> str:
    """A block that a browser neither runs nor shows."""
    return f'<script type="application/octet-stream" {mark}>{text}</script>'


def write_policy(style: str, script: str) -> str:
    """The page may run its own script and use its own style; it may load, send and embed nothing.

    `require-trusted-types-for` keeps the script itself from turning a text into markup.
    """
    return (
        f"default-src 'none'; script-src '{hash_source(script)}'; style-src '{hash_source(style)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def hash_source(text: str) -> str:
    """As a Content-Security-Policy names an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
