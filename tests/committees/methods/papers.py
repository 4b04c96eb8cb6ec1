"""Papers of electors for the tests of the methods, and what they add up to."""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st


CANDIDATES = (1, 2, 3, 4)
often = settings(max_examples=60, deadline=None, derandomize=True)


def counted(method, papers):
    """The lines that papers add to the count."""
    return Counter(line for paper in papers for line in method.count(paper))


def papers_of(highest, *, lowest=0, partial=True):
    """Lists of papers on four candidates; partial, some electors are kept away from some."""
    values = st.integers(lowest, highest)
    each = dict.fromkeys(CANDIDATES, values)
    paper = st.fixed_dictionaries({}, optional=each) if partial else st.fixed_dictionaries(each)
    return st.lists(paper, min_size=1, max_size=9)


def renamed(paper, names):
    return {names[candidate]: value for candidate, value in paper.items()}
