"""How several dossiers are compared: pure functions of what the papers say, one file a method.

A paper maps each candidate that its elector could judge to a number: approved or not, a rank, a
grade, points. What it adds to the count is a list of lines, « candidate:number » or, for ranks,
« candidate>candidate »: an urn of such lines gives back no paper, so that an elector kept away
from one candidate is not betrayed by what their paper lacks. Each method turns the lines that were
counted into an `Order`, and never compares candidates by the size of their electorates.
"""

from committees.methods import approval, judgement, points, schulze
from committees.methods.order import Order


BY_NAME = {
    "approval": approval,
    "ranking": schulze,
    "judgement": judgement,
    "points": points,
}

__all__ = ["BY_NAME", "Order", "approval", "judgement", "points", "schulze"]
