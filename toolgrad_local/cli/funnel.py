"""The funnel as a table."""

from typing import Any

BAR = 24
"""Characters of a full bar."""


def make_funnel_table(funnel: Any) -> Any:
    """A row for each part of the funnel with a bar, then the two pass rates."""
    from rich.table import Table

    table = Table(show_header=False)
    rows = (
        ("started", funnel.started),
        ("grown: the paper's pass", funnel.grown),
        ("every argument sourced", funnel.grounded),
        ("query passed", funnel.query_ok),
        ("response passed", funnel.response_ok),
        ("of these, round trip agreed", funnel.round_trip_ok),
        ("unique", funnel.unique),
        ("released", funnel.released),
    )
    for name, count in rows:
        table.add_row(name, str(count), "█" * round(BAR * count / max(1, funnel.started)))
    table.add_row("pass rate, the paper's meaning", f"{funnel.pass_rate_paper:.1%}")
    table.add_row("pass rate, ours", f"{funnel.pass_rate_strict:.1%}")
    table.add_row("grounded share of released", f"{funnel.grounded_share_of_released:.1%}")
    return table
