"""The report's page: which sources it is joined from."""

from pathlib import Path

from toolgrad_local.pages.join import Sources

SOURCES = Sources(
    folder=Path(__file__).parent / "page",
    styles=("base.css", "overview.css", "browser.css", "sample.css"),
    scripts=(
        "dom.js",
        "unpack.js",
        "words.js",
        "theme.js",
        "open.js",
        "form.js",
        "charts.js",
        "counts.js",
        "overview.js",
        "diversity.js",
        "filters.js",
        "list.js",
        "values.js",
        "call.js",
        "edges.js",
        "sample.js",
        "main.js",
    ),
)
