import pytest
from django.core.management import call_command


@pytest.fixture(autouse=True)
def house_in_order(database):
    """After every journey no rule is broken and the journal is whole."""
    yield
    call_command("check_invariants")
    call_command("verify_journal")
