"""A public project in the middle of its first term, and somebody else's, not shown to anyone."""

from calls.models import Sketch
from projects.models import Phase, ProjectSketch, Role
from projects.models.term_review import PARTS
from tests.factories import (
    IndicatorFactory,
    MembershipFactory,
    MilestoneFactory,
    ObservationFactory,
    OpenLabFactory,
    PhaseChangeFactory,
    ProjectFactory,
    PromotionFactory,
    ResemblanceFactory,
    RoundFactory,
)


def furnish(world):
    people = world.people
    promotion = world.put("promotion", PromotionFactory(published=True))
    world.put("hidden promotion", PromotionFactory())
    project = project_of(world, "project", coached=False, published=True, promotion=promotion)
    hidden = ProjectFactory(leader=people["other"], running=True)
    MembershipFactory(project=hidden, user=people["other_coach"], coach=True)
    world.put("hidden project", hidden)
    project_of(world, "unconsented project")
    project_of(world, "consented project", consented=True)
    furnish_project(world, project)
    furnish_radar(world, project)
    review_of(project_of(world, "ready project"))
    reviewed = project_of(world, "reviewed project")
    RoundFactory(committee=reviewed.promotion.committee)
    review = world.put("term review", review_of(reviewed), slug=reviewed.slug)
    review.submit(by=people["applicant"])


def project_of(world, name, *, coached=True, **fields):
    """A running project of the applicant, with a developer and a coach."""
    people = world.people
    project = ProjectFactory(leader=people["applicant"], running=True, **fields)
    MembershipFactory(project=project, user=people["teammate"], role=Role.DEVELOPER)
    if coached:
        MembershipFactory(project=project, user=people["coach"], coach=True)
    return world.put(name, project)


def furnish_project(world, project):
    term = project.current_term()
    here = {"slug": project.slug}
    world.put("term", term, **here)
    world.put("phase", PhaseChangeFactory(project=project, phase=Phase.CONSTRUCTION), **here)
    world.put("milestone", MilestoneFactory(term=term), **here)
    world.put("reported milestone", MilestoneFactory(term=term, reported=True), **here)
    indicator = world.put("indicator", IndicatorFactory(project=project, public=True), **here)
    observation = ObservationFactory(indicator=indicator)
    world.put("observation", observation, **here, pk=indicator.pk, observation=observation.pk)
    world.put("membership", MembershipFactory(project=project, role=Role.DESIGNER), **here)
    OpenLabFactory(project=project)


def furnish_radar(world, project):
    """An application compared to another one, and to a project."""
    application, other = world.objects["deposited"], world.objects["admissible"]
    world.put("pair", application, other=other.pk)
    world.put("project pair", application, slug=project.slug)
    staff = world.people["staff"]
    ResemblanceFactory(application=application, other=other, concluded_by=staff)
    for drawn in [application, other]:
        Sketch.draw(drawn)
    ProjectSketch.draw(project)


def review_of(project):
    """The review of the running term, written whole and not handed in."""
    review = project.current_term().review
    texts = dict.fromkeys(PARTS, "Trois départements équipés.")
    review.save_draft(by=project.leader(), version=review.version, **texts)
    return review
