"""The rules of outcomes, of what people are told of them, and of what they contest."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import translation

from base.calendar import end_of_day
from calls.appealing import last_day_to_appeal
from calls.models import Appeal, Application, Letter, Release
from calls.models.told import decisions_about
from committees.account import sections_of
from committees.feedback import feedback_for
from committees.impartiality import examiners_of
from committees.models import Decision, Interest
from journal.models.snapshot import digest_of


def an_outcome_is_the_decision_in_force():
    """A decided application stands where its decision put it: in force, or told if that waits."""
    return (
        Application.objects.decided()
        .filter(~Exists(_decisions().filter(outcome=OuterRef("status"))))
        .values_list("pk", flat=True)
    )


def nobody_is_told_before_the_release():
    """An applicant knows an outcome only once its decision is notified and its call released."""
    silent = ~Exists(_decisions().filter(status=Decision.Status.NOTIFIED))
    told = Application.objects.filter(notified_at__isnull=False)
    return told.filter(silent | Q(call__results_released_at=None)).values_list("pk", flat=True)


def everyone_is_told_at_the_release():
    """Where a call’s results are released, no decision that is notified is kept from its people."""
    notified = Exists(_decisions().filter(status=Decision.Status.NOTIFIED))
    untold = Application.objects.decided().filter(notified_at=None)
    return untold.filter(notified).values_list("pk", flat=True)


def a_release_has_two_people():
    """Who sends letters is not who prepared them."""
    return Release.objects.filter(sent_by=F("prepared_by")).values_list("pk", flat=True)


def a_release_sends_what_was_prepared():
    """A release that was sent has exactly as many letters as were prepared; erased ones aside."""
    erased = Exists(
        Application.objects.filter(call=OuterRef("call"), status=Application.Status.ERASED)
    )
    sent = Release.objects.filter(status=Release.Status.SENT).exclude(erased)
    counted = sent.annotate(left=Count("letters"))
    return counted.exclude(left=F("count")).values_list("pk", flat=True)


def a_letter_tells_a_decision_on_its_application():
    """A letter is about a decision on its application, that was notified."""
    kind = ContentType.objects.get_for_model(Application)
    fine = Q(
        decision__status=Decision.Status.NOTIFIED,
        decision__deliberation__subject_type=kind,
        decision__deliberation__subject_id=F("application"),
    )
    return Letter.objects.exclude(fine).values_list("pk", flat=True)


def whoever_is_told_has_a_letter():
    """Since a call releases by two people, every decision that it tells has its letter."""
    released = Release.objects.filter(
        status=Release.Status.SENT, call=OuterRef("call"), sent_at__lte=OuterRef("notified_at")
    )
    told = Application.objects.exclude(status=Application.Status.ERASED).filter(Exists(released))
    return told.filter(letters=None).values_list("pk", flat=True)


def a_refusal_that_is_told_says_why():
    """A letter that tells no selection has a written reason, or a feedback."""
    silent = Letter.objects.exclude(decision__outcome=Application.Outcome.SELECTED)
    for letter in silent.filter(decision__reason="").select_related("decision__deliberation"):
        if not feedback_for(letter.decision.deliberation, at=letter.decision.notified_at):
            yield letter.pk


def an_account_computes_again_to_the_same_words():
    """What a letter froze of an evaluation is what its stored reviews and votes still say."""
    kept = Letter.objects.filter(account__erased_at=None)
    severities = {}
    with translation.override(settings.LANGUAGE_CODE):
        for letter in kept.select_related("account", "decision__deliberation").iterator():
            at = letter.decision.notified_at
            marks = severities.setdefault(at, {})
            sections = sections_of(letter.decision, at=at, severities=marks, edition=letter.edition)
            if letter.account.digest != digest_of(letter.account.title, sections):
                yield letter.pk


def an_appeal_is_filed_in_time():
    """An appeal came before the end of its last day."""
    for appeal in Appeal.objects.select_related("decision").iterator():
        told_at = appeal.decision.notified_at
        if told_at is None or appeal.filed_at >= end_of_day(last_day_to_appeal(told_at)):
            yield appeal.pk


def the_answer_to_an_appeal_replaces_what_it_contests():
    """A decided appeal has a decision of its own examination in the place of the contested one."""
    answer = Decision.objects.filter(
        supersedes=OuterRef("decision"), deliberation=OuterRef("deliberation")
    )
    decided = Appeal.objects.filter(status=Appeal.Status.DECIDED)
    return decided.exclude(Exists(answer)).values_list("pk", flat=True)


def an_appeal_is_examined_by_others():
    """Who took the decision that an appeal contests is kept away from its examination."""
    examined = Appeal.objects.exclude(deliberation=None).select_related("decision__deliberation")
    for appeal in examined.iterator():
        away = Interest.objects.excluding().filter(deliberation=appeal.deliberation_id)
        away = set(away.values_list("person", flat=True))
        if any(one.pk not in away for one in examiners_of(appeal.decision.deliberation)):
            yield appeal.pk


def _decisions():
    """The decision where the application of the query around stands: one for each.

    The one in force, unless its people still know the one that it replaces.
    """
    kept_back = Q(status=Decision.Status.PENDING, supersedes__status=Decision.Status.NOTIFIED)
    known = Q(status=Decision.Status.NOTIFIED, successor__status=Decision.Status.PENDING)
    return decisions_about(Application).filter(Q(successor=None) & ~kept_back | known)


INVARIANTS = [
    an_outcome_is_the_decision_in_force,
    nobody_is_told_before_the_release,
    everyone_is_told_at_the_release,
    a_release_has_two_people,
    a_release_sends_what_was_prepared,
    a_letter_tells_a_decision_on_its_application,
    whoever_is_told_has_a_letter,
    a_refusal_that_is_told_says_why,
    an_account_computes_again_to_the_same_words,
    an_appeal_is_filed_in_time,
    the_answer_to_an_appeal_replaces_what_it_contests,
    an_appeal_is_examined_by_others,
]
