"""docs/rights.md, made of the table: `python -m tests.nets.papers` writes it."""

import os
from pathlib import Path


PAPER = Path(__file__).resolve().parents[2] / "docs" / "rights.md"
HEAD = """# Who may see and do what

Made of the table in `tests/nets/rights_of/`, which every test run walks: each URL, for each
role, on the objects named. Who reads gets 200; who acts has a form or a button there, and does it;
anyone else gets 404, the same as for a page that does not exist, or the login page when nobody is
signed in.
To change a right, change the table, then run `python -m tests.nets.papers`.

## Roles

| role | who |
|---|---|
"""


def said(roles, every):
    """`all but a, b` when that is shorter."""
    if not roles:
        return "–"
    left = [role for role in every if role not in roles]
    if not left:
        return "everyone"
    shown = [role for role in every if role in roles]
    return f"all but {', '.join(left)}" if len(left) < len(shown) else ", ".join(shown)


def written():
    from tests.nets.rights import RIGHTS  # noqa: PLC0415  (needs the settings)
    from tests.nets.table import ROLES  # noqa: PLC0415

    lines = [f"| {role} | {who} |" for role, who in ROLES.items()]
    lines += ["", "## Pages", "", "| page | of | reads | acts |", "|---|---|---|---|"]
    for row in RIGHTS:
        reads = said(row.reads | row.sent | row.told, ROLES)
        lines.append(f"| {row.name} | {row.of or '–'} | {reads} | {said(row.acts, ROLES)} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DEBUG", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings")
    PAPER.write_text(written())
