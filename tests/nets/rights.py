"""Who may do what: every URL, for every role; docs/rights.md is made of it."""

from tests.nets.rights_of import accounts, calls, coaching, committees, projects, roof


RIGHTS = [
    row for floor in [roof, accounts, committees, calls, projects, coaching] for row in floor.RIGHTS
]
