"""The words in which the table of rights is written: roles, and what a row says."""

from dataclasses import dataclass, field
from datetime import timedelta

from base.calendar import today
from incubator.public_pages import PUBLIC


PASSWORD = "de la pluie sur les toits"  # of everyone in the world
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


# Those who read a page alike, its words aside; of each kind the first speaks for the others.
ALIKE = [
    *["anonymous", "agent", "applicant other teammate manager", "coach other_coach"],
    *["chair secretary", "member excluded observer", "staff superuser excluded_staff"],
]


def voices(readers):
    """One role of each kind among these, in the order of the kinds."""
    found = [[role for role in kind.split() if role in readers] for kind in ALIKE]
    return [alike[0] for alike in found if alike]


def roles(text):
    """`"team -excluded_staff chair"` as a set of roles: groups and roles, added or taken away."""
    found = set()
    for word in text.split():
        named = GROUPS.get(word.removeprefix("-"), {word.removeprefix("-")})
        assert named <= set(ROLES), word
        found = found - named if word.startswith("-") else found | named
    return found


def of(name):
    """What is filled in with the number of an object of the world."""
    return lambda world, _role: world.objects[name].pk


def yesterday(_world, _role):
    return today() - timedelta(days=1)


def in_a_year(_world, _role):
    return f"{today() + timedelta(days=365)}T12:00"


@dataclass(frozen=True, repr=False)
class Row:
    """What each role gets from one URL of one object of the world.

    GET: who `reads` gets 200, who is `sent` gets a redirection inside the portal, who is `told`
    gets 409 and the reason; a row where nobody does any of it answers 405; anyone else 404, and
    the login page when nobody is signed in.
    POST: who `acts` does it, with the page's own form filled in as `Form.filled` does, but for
    what `fills` says (a value, or a function of the world and the role); it is written, unless only
    the `session` changes. `refused`: which of them the state of the world refuses, in which words;
    `idle`: which of them find nothing to act upon, and no button.
    Who is `sent` and does not act is sent away; anyone else is refused; neither writes anything.
    """

    name: str
    of: str = ""
    reads: set = field(default_factory=set)
    sent: set = field(default_factory=set)
    told: set = field(default_factory=set)
    acts: set = field(default_factory=set)
    kind: str = "page"
    marks: str = ""  # the table in which even reading leaves its mark
    fills: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)
    idle: set = field(default_factory=set)
    session: bool = False

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


def row(name, of="", *, reads="", sent="", told="", acts="", idle="", refused=None, **more):
    sentences = {role: said for text, said in (refused or {}).items() for role in roles(text)}
    allowed = [roles(text) for text in (reads, sent, told, acts)]
    return Row(name, of, *allowed, refused=sentences, idle=roles(idle), **more)
