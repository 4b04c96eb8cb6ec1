"""Who may do what: every URL, for every role; docs/rights.md is made of it."""

from tests.nets.rights_of import accounts, committees, projects, roof


RIGHTS = [*roof.RIGHTS, *accounts.RIGHTS, *committees.RIGHTS, *projects.RIGHTS]
