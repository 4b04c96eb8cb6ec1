"""Who may do what: every URL, for every role; docs/rights.md is made of it."""

from tests.nets.rights_of import accounts, coaching, committees, projects, roof


RIGHTS = [row for floor in [roof, accounts, committees, projects, coaching] for row in floor.RIGHTS]
