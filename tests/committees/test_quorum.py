"""The quorum of nine, as the decree counts it: present, and represented once a holder."""

import pytest

from committees.models.assembly import Assembly


def assembly(present, proxies):
    return Assembly.gather(composition=range(9), attending=range(present), proxies=proxies)


@pytest.mark.parametrize(
    ("present", "proxies", "reached"),
    [
        (4, [], False),
        (4, [(8, 0)], True),
        (3, [(8, 0), (7, 1)], True),
        (3, [(8, 0), (7, 0)], False),
    ],
    ids=["4", "4 + 1 proxy", "3 + 2 proxies of two holders", "3 + 2 proxies of one holder"],
)
def test_the_quorum_of_nine_counts_one_proxy_a_holder(present, proxies, reached):
    assert assembly(present, proxies).has_quorum is reached
