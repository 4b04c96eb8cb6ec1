"""What the roof tells people."""

from notifications import outbox


def house_broken(administrator, *, command, fault, day):
    """A rule is broken or the journal was touched: to the administrators, once a day."""
    outbox.post(
        "incubator/house_broken",
        to=administrator,
        key=f"{command}:{day}",
        command=command,
        fault=fault,
        day=day,
    )
