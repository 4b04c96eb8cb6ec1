import pytest


# The chapters assert: what they compared is told when they fail.
pytest.register_assert_rewrite(
    *[
        f"tests.journeys.{name}"
        for name in ["applying", "examining", "incubating", "letters", "page", "person"]
    ]
)
