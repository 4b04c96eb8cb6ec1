from tests.nets.papers import PAPER, written


def test_the_paper_of_rights_agrees_with_the_table():
    assert PAPER.read_text() == written()
