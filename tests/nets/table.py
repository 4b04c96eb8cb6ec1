"""The words in which the table of rights is written: roles, and what a row says."""

from dataclasses import dataclass, field

from incubator.public_pages import PUBLIC


# Role → who it is, in the words of docs/rights.md.
ROLES = {
    "anonymous": "nobody signed in",
    "agent": "a public agent, concerned by nothing here",
    "applicant": "wrote the applications, then leads the project",
    "other": "wrote another application to the same call, leads another project",
    "teammate": "a developer of the project",
    "manager": "signed the release of the applicant’s time, and has an account",
    "chair": "chairs the committee",
    "member": "a member of the committee",
    "excluded": "a member of the committee, kept away from the dossiers by an interest",
    "secretary": "the committee’s secretary",
    "observer": "the committee’s observer",
    "coach": "the project’s coach",
    "other_coach": "coaches another project",
    "staff": "the incubator’s team",
    "excluded_staff": "the incubator’s team, kept away from the dossiers by an interest",
    "superuser": "an administrator",
}
GROUPS = {
    "everyone": set(ROLES),
    "signed": set(ROLES) - {"anonymous"},
    "team": {"staff", "excluded_staff", "superuser"},
    "committee": {"chair", "member", "excluded", "secretary", "observer"},
    "coaches": {"coach", "other_coach"},
    "project": {"applicant", "teammate", "coach"},
}


def roles(text):
    """`"team -excluded_staff chair"` as a set of roles: groups and roles, added or taken away."""
    found = set()
    for word in text.split():
        named = GROUPS.get(word.removeprefix("-"), {word.removeprefix("-")})
        assert named <= set(ROLES), word
        found = found - named if word.startswith("-") else found | named
    return found


@dataclass(frozen=True, repr=False)
class Row:
    """What each role gets from one URL of one object of the world.

    GET: who `reads` gets 200, who is `sent` gets a redirection inside the portal, who is `told`
    gets 409 and the reason; a row where nobody does any of it answers 405; anyone else 404, and
    the login page when nobody is signed in.
    POST: who `acts` is not refused outright (200 to 422); anyone else is, and writes nothing.
    """

    name: str
    of: str = ""
    reads: set = field(default_factory=set)
    sent: set = field(default_factory=set)
    told: set = field(default_factory=set)
    acts: set = field(default_factory=set)
    kind: str = "page"
    marks: str = ""  # the table in which even reading leaves its mark
    needs_more: str = ""  # why a form filled in without thinking cannot be accepted

    def __repr__(self):
        return self.id

    @property
    def id(self):
        return f"{self.name}[{self.of}]" if self.of else self.name

    @property
    def only_acts(self):
        return bool(self.acts) and not (self.reads or self.sent or self.told)

    def get(self, role):
        """The status that a role gets with GET; `login` is a redirection to the login page."""
        if role in self.reads:
            return "200"
        if role in self.sent:
            return "302"
        if role in self.told:
            return "409"
        if role == "anonymous" and self.name not in PUBLIC:
            return "login"
        return "405" if self.only_acts else "404"


def row(name, of="", *, reads="", sent="", told="", acts="", **more):
    return Row(name, of, roles(reads), roles(sent), roles(told), roles(acts), **more)
