"""An indicator drawn by the server: the numbers of an SVG, beside the table that says the same."""

from dataclasses import dataclass, field
from decimal import Decimal

from base import wording


# Inside the 480 × 240 box of templates/projects/chart.html.
LEFT, RIGHT, TOP, BOTTOM = 64, 464, 24, 200


@dataclass(frozen=True)
class Chart:
    """What the template draws: coordinates are strings, the same in every language."""

    indicator: object
    rows: list
    lines: list = field(default_factory=list)
    points: list = field(default_factory=list)
    levels: list = field(default_factory=list)
    target: dict | None = None
    first_day: str = ""
    last_day: str = ""

    @property
    def is_drawable(self):
        """One measure is a number, not a curve."""
        return len(self.points) > 1


def chart_of(indicator, observations):
    """Draw observations, latest first; a missing one breaks the line instead of touching zero."""
    measured = [o for o in reversed(observations) if o.value is not None]
    if len(measured) < 2:
        return Chart(indicator, observations)
    across = _scale(measured[0].on.toordinal(), measured[-1].on.toordinal(), LEFT, RIGHT)
    values = [o.value for o in measured]
    known = values if indicator.target is None else [*values, indicator.target]
    low, high = min(Decimal(0), *known), max(Decimal(0), *known)
    up = _scale(low, high, BOTTOM, TOP)
    place = {o.pk: (_fine(across(o.on.toordinal())), _fine(up(o.value))) for o in measured}
    return Chart(
        indicator,
        observations,
        lines=[
            " ".join(f"{x},{y}" for x, y in (place[o.pk] for o in run))
            for run in _runs(reversed(observations))
            if len(run) > 1
        ],
        points=[{"x": place[o.pk][0], "y": place[o.pk][1], "observation": o} for o in measured],
        levels=[{"y": _fine(up(v)), "label": in_figures(v)} for v in (low, (low + high) / 2, high)],
        target=None
        if indicator.target is None
        else {"y": _fine(up(indicator.target)), "label": in_figures(indicator.target)},
        first_day=wording.day(measured[0].on),
        last_day=wording.day(measured[-1].on),
    )


def in_figures(value):
    """« 12 500,5 » of a decimal, without the zeros that nobody measured."""
    text = f"{abs(Decimal(value)).normalize():f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals[:2].rstrip("0")
    point = "," if wording.in_french() else "."
    minus = "-" if value < 0 else ""
    return minus + wording.number(int(whole)) + (f"{point}{decimals}" if decimals else "")


def _runs(observations):
    """The measures that follow one another without a missing one between them."""
    run = []
    for observation in observations:
        if observation.value is None:
            yield run
            run = []
        else:
            run.append(observation)
    yield run


def _scale(low, high, start, end):
    span = high - low or 1
    return lambda value: start + (end - start) * float((value - low) / span)


def _fine(number):
    return f"{number:.1f}"
