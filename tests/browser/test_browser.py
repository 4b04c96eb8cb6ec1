from tests.factories import UserFactory


def test_chromium_reads_the_live_portal(page):
    response = page.goto("/healthz")

    assert response.status == 200
    assert page.inner_text("body") == "ok\n"


def test_a_person_is_signed_in_by_their_session(page, sign_in):
    page.goto("/comptes/login/")
    sign_in(page, UserFactory(staff=True))

    response = page.goto("/comptes/login/", wait_until="commit")

    assert response.request.redirected_from is not None
