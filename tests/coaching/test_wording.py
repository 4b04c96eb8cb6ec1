from decimal import Decimal

import pytest

from coaching import wording


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("1.0"), "1 jour"),
        (Decimal("0.5"), "0,5 jour"),
        (Decimal("1.5"), "1,5 jour"),
        (Decimal("2.0"), "2 jours"),
        (Decimal("2.50"), "2,5 jours"),
        (Decimal("20.0"), "20 jours"),
        (3, "3 jours"),
    ],
)
def test_days_are_said_in_french(value, said):
    assert wording.days(value) == said
