import pytest
from django.db import IntegrityError

from accounts.models import AllowedDomain, User


@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        ("a@gouv.fr", True),
        ("a@drees.sante.gouv.fr", True),
        ("a@GOUV.fr", True),
        ("a@notgouv.fr", False),
        ("a@gouv.fr.evil.example", False),
        ("gouv.fr", True),
        ("", False),
    ],
)
def test_a_domain_covers_what_is_below_it_and_nothing_else(email, allowed):
    AllowedDomain.objects.create(domain="gouv.fr")

    assert AllowedDomain.objects.covering(email).exists() == allowed


@pytest.mark.parametrize("domain", ["Gouv.fr", "@gouv.fr", "gouv", "gouv.fr "])
def test_a_domain_is_written_in_lower_case_without_sign(domain):
    with pytest.raises(IntegrityError, match="allowed_domain_is_written_in_lower_case"):
        AllowedDomain.objects.create(domain=domain)


def test_an_address_is_kept_in_lower_case():
    assert User.objects.create_user("Agent@Interieur.GOUV.fr").email == "agent@interieur.gouv.fr"


def test_the_database_refuses_another_case():
    user = User.objects.create_user("agent@gouv.fr")

    with pytest.raises(IntegrityError, match="user_email_is_lower_case"):
        User.objects.filter(pk=user.pk).update(email="Agent@gouv.fr")
