from pathlib import Path

from toolgrad_local.intervals import Interval
from toolgrad_local.plots import SHARE_AXIS, Curve, Panel, draw_curves, draw_panel, draw_panels, open_figure


def test_the_same_numbers_give_the_same_picture(tmp_path: Path) -> None:
    panels = [
        Panel("pass rate", (("standard", Interval(0.5, 0.4, 0.6, 60)), ("react", None))),
        Panel("tools", (("standard", Interval(2.0, 1.5, 2.5, 60)), ("react", Interval(1.0, 1.0, 1.0, 60)))),
    ]
    curves = [
        Curve("loss", (1, 2, 3), (3.0, 2.0, 1.5), (2.5, 1.8, 1.4), (3.5, 2.2, 1.6)),
        Curve("other", (1, 2), (1, 1)),
    ]
    for name in ("a", "b"):
        draw_panels(tmp_path / f"panels-{name}.svg", panels)
        draw_curves(tmp_path / f"curves-{name}.svg", curves, "steps", "loss")
    for kind in ("panels", "curves"):
        text = (tmp_path / f"{kind}-a.svg").read_bytes()
        assert b"<svg" in text
        assert text == (tmp_path / f"{kind}-b.svg").read_bytes()


def test_the_axis_of_shares_ends_where_shares_end() -> None:
    _, (shares, free) = open_figure(1, 2, 2.0)
    certain = (("all", Interval(1.0, 1.0, 1.0, 9)),)
    draw_panel(shares, Panel("right", certain, shares=True), named=True)
    draw_panel(free, Panel("tools", certain), named=True)
    assert shares.get_xlim() == SHARE_AXIS
    assert free.get_xlim() != SHARE_AXIS
