"""A small house with someone in every role and one of everything, for the nets to walk in."""

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.urls.converters import IntConverter

from accounts.models import AllowedDomain
from notifications import outbox
from tests.factories import EntityFactory, UserFactory
from tests.nets.table import PASSWORD, ROLES
from tests.nets.walk import parameters
from tests.nets.world_of import calls, coaching, committees, projects


TEAM = {"staff", "excluded_staff"}


class World:
    """`people` by role, `objects` by the name that the table of rights gives them."""

    def __init__(self):
        self.people = {"anonymous": None}
        self.objects, self.kwargs = {}, {}

    def put(self, name, thing, **kwargs):
        """Name an object; `kwargs` are what its URLs need and it does not know itself."""
        self.objects[name], self.kwargs[name] = thing, kwargs
        return thing

    def path_of(self, row):
        """Where a row's URL is, for its object: the parameters are attributes of the object."""
        thing, known = self.objects.get(row.of), self.kwargs.get(row.of, {})
        wanted = {p: known[p] if p in known else getattr(thing, p) for p in parameters(row.name)}
        return reverse(row.name, kwargs=wanted)

    def missing_path_of(self, row):
        """The same page of an object that does not exist."""
        absent = {
            name: 999_999_999 if isinstance(converter, IntConverter) else "0-absent"
            for name, converter in parameters(row.name).items()
        }
        return reverse(row.name, kwargs=absent)


def build():
    world, password = World(), make_password(PASSWORD)
    for role in ROLES:
        if role != "anonymous":
            world.people[role] = person(role, password)
    settle_accounts(world)
    for floor in [committees, calls, projects, coaching]:
        floor.furnish(world)
    committees.declare(world)
    return world


def person(role, password):
    """Each works in a service of their own, so that no interest comes from the tree."""
    return UserFactory(
        email=f"{role}@fabrique.example".replace("_", "-"),
        password=password,
        first_name=role.capitalize(),
        last_name="Durand",
        entity=EntityFactory(name=f"Service {role}"),
        staff=role in TEAM,
        superuser=role == "superuser",
    )


def settle_accounts(world):
    """Everyone has proved their address; the agent is asked to prove another one."""
    AllowedDomain.objects.create(domain="fabrique.example")
    for someone in filter(None, world.people.values()):
        EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    agent = world.people["agent"]
    address = EmailAddress.objects.create(user=agent, email="nouvelle@fabrique.example")
    world.put("confirmation", EmailConfirmationHMAC(address))
    token = default_token_generator.make_token(agent)
    world.put("reset", agent, uidb36=user_pk_to_url_str(agent), key=token)
    TOTP.activate(world.people["superuser"], generate_totp_secret())
    RecoveryCodes.activate(world.people["superuser"])
    world.put("nobody’s key", None, pk=1)
    message = outbox.post(
        "incubator/house_broken", to=world.people["member"], key="1", url="/", fault="Une règle."
    )
    world.put("message", message)
