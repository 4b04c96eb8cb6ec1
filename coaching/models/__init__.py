from .action_item import ActionItem
from .assignment import CoachAssignment
from .coach import Coach, Expertise
from .note import Audience, Note
from .session import Session


__all__ = [
    "ActionItem",
    "Audience",
    "Coach",
    "CoachAssignment",
    "Expertise",
    "Note",
    "Session",
]
