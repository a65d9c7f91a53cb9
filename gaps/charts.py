"""The charts of a run as SVG, in colours for a light and for a dark page. The only file that imports matplotlib; no server does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gaps.chart_series import Series, list_series
from gaps.radar import Radar
from gaps.schema import SEVERITIES

WIDTH = 6.0
"""Inches, at 72 points each: as wide as half a page on a desk's screen."""
LABELS_SHOWN = 5
"""Days written below a chart: more would run into each other."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme. `good`, `fair` and `poor` differ in lightness too, so that they can be told without colours."""

    ink: str
    soft: str
    good: str
    fair: str
    poor: str


PALETTES: Mapping[str, Palette] = {
    "light": Palette("#1b2523", "#c9cfcb", "#1f5f5b", "#e0b04a", "#b4442f"),
    "dark": Palette("#e8eeec", "#46544f", "#6fc0b5", "#d9a93f", "#f08a75"),
}
"""By scheme; `dark` is asked for by a page whose reader prefers it."""


def draw_charts(radar: Radar) -> dict[str, bytes]:
    """The SVG of every chart that the run has figures for, by file name: `coverage-light.svg`. The same run gives the same bytes."""
    return {
        f"{series.name}-{scheme}.svg": _draw(series, palette, _DRAW[series.name])
        for series in list_series(radar)
        for scheme, palette in PALETTES.items()
    }


def _draw(series: Series, palette: Palette, draw: Callable[[Axes, Series, Palette], None]) -> bytes:
    height = 0.9 + 0.28 * len(series.labels) if draw is _draw_coverage else 2.9
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "gaps", "font.family": "sans-serif", "font.size": 11}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
        draw(axes, series, palette)
        _dress(axes, palette)
        out = BytesIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Title": series.title, "Creator": None})
    return out.getvalue()


def _draw_coverage(axes: Axes, series: Series, palette: Palette) -> None:
    """A bar for each question, its parts the topics of which it is answered, weakly answered and not answered."""
    _stack(axes.barh, series, ("covered", "weak", "empty"), (palette.good, palette.fair, palette.poor), "left")
    axes.invert_yaxis()
    axes.set_xlabel("topics")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _draw_questions(axes: Axes, series: Series, palette: Palette) -> None:
    _stack(axes.bar, series, ("answered", "without a confident answer"), (palette.good, palette.poor), "bottom")
    _date_axis(axes, series)
    axes.set_ylabel("questions")


def _draw_runs(axes: Axes, series: Series, palette: Palette) -> None:
    """A bar for each run, its parts the severities; above it what was opened and closed."""
    tops = _stack(axes.bar, series, SEVERITIES, (palette.poor, palette.fair, palette.good), "bottom")
    for at, (opened, closed) in enumerate(zip(series.values["opened"], series.values["closed"], strict=True)):
        if opened or closed:
            axes.annotate(f"+{opened:g} −{closed:g}", (at, tops[at]), (0, 3), textcoords="offset points", ha="center", color=palette.ink)
    axes.margins(y=0.15)
    axes.set_xlim(-0.8, max(len(series.labels), 5) - 0.2)
    _date_axis(axes, series)
    axes.set_ylabel("gaps")


_DRAW: Mapping[str, Callable[[Axes, Series, Palette], None]] = {
    "coverage": _draw_coverage,
    "questions": _draw_questions,
    "gaps": _draw_runs,
}


def _stack(bar: Callable[..., object], series: Series, names: tuple[str, ...], colours: tuple[str, ...], base: str) -> list[float]:
    """Draws bars upon bars; gives where each ends."""
    ends = [0.0] * len(series.labels)
    places = series.labels if base == "left" else range(len(series.labels))
    for name, colour in zip(names, colours, strict=True):
        bar(places, series.values[name], label=name, color=colour, **{base: ends, "height" if base == "left" else "width": 0.7})
        ends = [end + value for end, value in zip(ends, series.values[name], strict=True)]
    return ends


def _date_axis(axes: Axes, series: Series) -> None:
    step = -(-len(series.labels) // LABELS_SHOWN)
    shown = range(len(series.labels) - 1, -1, -step)
    axes.set_xticks(list(shown), [series.labels[at] for at in shown])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _dress(axes: Axes, palette: Palette) -> None:
    """No frame, quiet lines, a legend above."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(palette.soft)
    axes.tick_params(colors=palette.ink, length=0)
    axes.xaxis.label.set_color(palette.ink)
    axes.yaxis.label.set_color(palette.ink)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, labelcolor=palette.ink, borderaxespad=0.2)
