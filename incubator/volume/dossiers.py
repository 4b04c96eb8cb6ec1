"""Applications in bulk: answers, receipts, snapshots, reviews and decisions that hold together."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType

from calls.models import Answer, Application, Receipt
from calls.stems import stems
from committees.models import Answer as Mark
from committees.models import Assignment, Decision, Deliberation, Review
from committees.scores import Answered, rounded, score_of
from incubator.volume import reserves
from incubator.volume.stage import DECIDED
from journal.models import Event, Snapshot
from journal.models.snapshot import digest_of


DAY = timedelta(days=1)
BATCH = 2000
WORDS = [
    *("guichet", "usager", "délai", "carte", "mesure", "formulaire", "commune", "arrêté"),
    *("achat", "dossier", "agent", "calcul", "relevé", "inspection", "chantier", "rivière"),
    *("forêt", "retraite", "permis", "école", "hôpital", "route", "données", "courrier"),
]
REVIEWS = 3


def write(stage, count):
    """`count` applications, from their words to their committee's answer; the applications."""
    applications = _applications(stage, count)
    _answers(applications)
    snapshots = _snapshots(applications)
    _receipts(applications, snapshots)
    deliberations = _deliberations(stage, applications, snapshots)
    _reviews(stage, deliberations)
    _decisions(stage, applications, deliberations)
    reserves.write(stage, applications)
    _events(stage, applications, deliberations)
    return applications


def outcome_of(number, call_number):
    """One in eight of the decided is selected: a tenth of all."""
    if call_number >= DECIDED:
        return "examined"
    return "selected" if number % 8 == 0 else "reserve" if number % 8 == 1 else "declined"


def _words(seed, count):
    return " ".join(WORDS[(seed * 7 + i * i + seed // 11 * i) % len(WORDS)] for i in range(count))


def _applications(stage, count):
    rows = []
    for number in range(count):
        call_number = number // max(1, len(stage.authors)) % len(stage.calls)
        call = stage.calls[call_number]
        author = stage.authors[number % len(stage.authors)]
        deposited_at = call.closes_at - timedelta(minutes=number % 40_000)
        status = outcome_of(number, call_number)
        row = Application(
            call=call,
            revision=call.form,
            author=author,
            entity=author.entity,
            title=f"Idée {number:05} : {_words(number, 4)}",
            title_version=1,
            status=status,
            first_edited_at=deposited_at - DAY,
            edited_at=deposited_at,
            deposited_at=deposited_at,
            checked_at=call.closes_at + DAY,
            checked_by=stage.staff,
            notified_at=None if status == "examined" else call.closes_at + 45 * DAY,
        )
        row.texts = {
            "q1": f"Nous perdons chaque semaine {number % 9 + 2} heures. {_words(number, 60)}",
            "q2": f"Essayer avec dix usagers. {_words(number + 1, 50)}",
            "q3": f"Le délai, en jours : {_words(number + 2, 4)}",
            "q4": "Un département",
            "q5": "yes",
        }
        row.search_text = stems(f"{row.title} {row.texts['q1']}")
        rows.append(row)
    return Application.objects.bulk_create(rows, batch_size=BATCH)


def _answers(applications):
    Answer.objects.bulk_create(
        (
            Answer(application=row, key=key, text=text, edited_by=row.author)
            for row in applications
            for key, text in row.texts.items()
        ),
        batch_size=BATCH,
    )


def _snapshots(applications):
    kind = ContentType.objects.get_for_model(Application)
    labels = {row.call_id: list(row.call.form.questions.in_order()) for row in applications[::97]}
    questions = next(iter(labels.values()))
    rows = []
    for row in applications:
        sections = [["Appel à candidatures", row.call.title], ["Porté par", str(row.author)]]
        sections += [[question.label, row.texts[question.key]] for question in questions]
        title = f"{row.title} (nº {row.pk})"
        rows.append(
            Snapshot(
                subject_type=kind,
                subject_id=row.pk,
                title=title,
                sections=sections,
                digest=digest_of(title, sections),
                taken_at=row.deposited_at,
                taken_by=row.author,
            )
        )
    return Snapshot.objects.bulk_create(rows, batch_size=BATCH)


def _receipts(applications, snapshots):
    Receipt.objects.bulk_create(
        (
            Receipt(
                application=row,
                snapshot=snapshot,
                call_title=row.call.title,
                depositor=str(row.author),
                deposited_by=row.author,
                deposited_at=row.deposited_at,
                **row.call.acknowledgement(row.deposited_at),
            )
            for row, snapshot in zip(applications, snapshots, strict=True)
        ),
        batch_size=BATCH,
    )


def _deliberations(stage, applications, snapshots):
    kind = ContentType.objects.get_for_model(Application)
    rounds = {call.pk: round for call, round in zip(stage.calls, stage.rounds, strict=True)}
    rows = []
    for row, snapshot in zip(applications, snapshots, strict=True):
        round = rounds[row.call_id]
        decided = row.status != "examined"
        rows.append(
            Deliberation(
                subject_type=kind,
                subject_id=row.pk,
                round=round,
                snapshot=snapshot,
                people=str(row.author),
                status="concluded" if decided else "prepared",
                prepared_at=round.opens_at,
                opened_at=round.closes_at + 5 * DAY if decided else None,
            )
        )
    return Deliberation.objects.bulk_create(rows, batch_size=BATCH)


def _reviews(stage, deliberations):
    """Three reviews each, by three different seats, and what they add up to."""
    criteria = list(stage.grid.criteria.in_order())
    levels = {criterion.pk: criterion.ordered_levels() for criterion in criteria}
    assignments = Assignment.objects.bulk_create(
        (
            Assignment(
                deliberation=deliberation,
                seat=stage.seats[(number * REVIEWS + place) % len(stage.seats)],
                status="reviewed",
                why="Volume de mesure.",
                proposed_at=deliberation.round.opens_at,
                proposed_by=stage.staff,
                answered_at=deliberation.round.opens_at + DAY,
            )
            for number, deliberation in enumerate(deliberations)
            for place in range(REVIEWS)
        ),
        batch_size=BATCH,
    )
    reviews, ranks = [], []
    for number, assignment in enumerate(assignments):
        rank = [
            (number // 3 + number % 3 + i * 5) % len(levels[c.pk]) for i, c in enumerate(criteria)
        ]
        answered = [
            Answered(c.weight, len(levels[c.pk]) - 1, score)
            for c, score in zip(criteria, rank, strict=True)
        ]
        score = score_of(answered, coverage_percent=stage.grid.coverage_percent)
        handed_in_at = assignment.proposed_at + 10 * DAY
        ranks.append(rank)
        reviews.append(
            Review(
                assignment=assignment,
                status="handed_in",
                version=1,
                comment="Lu avec attention.",
                feedback="Précisez la mesure.",
                started_at=handed_in_at - DAY,
                saved_at=handed_in_at,
                handed_in_at=handed_in_at,
                score=score.mark,
                coverage=score.coverage,
                comparable=score.comparable,
            )
        )
    reviews = Review.objects.bulk_create(reviews, batch_size=BATCH)
    Mark.objects.bulk_create(
        (
            Mark(
                review=review,
                criterion=criterion,
                level=levels[criterion.pk][score],
                justification="Volume de mesure.",
            )
            for review, rank in zip(reviews, ranks, strict=True)
            for criterion, score in zip(criteria, rank, strict=True)
        ),
        batch_size=BATCH * 2,
    )
    _weigh(deliberations, reviews)


def _weigh(deliberations, reviews):
    """What `Deliberation.weigh` would keep, without a query each."""
    for number, deliberation in enumerate(deliberations):
        marks = [
            r.score for r in reviews[number * REVIEWS : (number + 1) * REVIEWS] if r.comparable
        ]
        deliberation.review_count = REVIEWS
        deliberation.score = rounded(sum(marks) / len(marks)) if marks else None
        deliberation.spread = max(marks) - min(marks) if marks else None
    fields = ["review_count", "score", "spread"]
    Deliberation.objects.bulk_update(deliberations, fields, batch_size=500)


def _decisions(stage, applications, deliberations):
    chair = stage.seats[0].user
    rows = []
    for application, deliberation in zip(applications, deliberations, strict=True):
        if application.status == "examined":
            continue
        sense = Application.SENSES[Application.Outcome(application.status)]
        rows.append(
            Decision(
                deliberation=deliberation,
                outcome=application.status,
                sense=sense,
                reason_code="" if application.status == "selected" else "other",
                reason="" if application.status == "selected" else "Volume de mesure.",
                decided_by=chair,
                decided_at=deliberation.opened_at,
                status="notified",
                notified_at=application.notified_at,
                notified_by=stage.staff,
            )
        )
    Decision.objects.bulk_create(rows, batch_size=BATCH)


def _events(stage, applications, deliberations):
    """Ten an application: what its verbs would have left."""
    own = ["started", "answered", "deposited", "admitted", "examined", "decided"]
    kinds = [ContentType.objects.get_for_model(m) for m in (Application, Deliberation)]
    for start in range(0, len(applications), BATCH):
        rows = []
        stop = start + BATCH
        for row, deliberation in zip(
            applications[start:stop], deliberations[start:stop], strict=True
        ):
            verbs = [(f"application.{verb}", kinds[0], row.pk) for verb in own]
            verbs += [("deliberation.prepared", kinds[1], deliberation.pk)]
            verbs += [("review.handed_in", kinds[1], deliberation.pk)] * REVIEWS
            rows += [
                Event(
                    verb=verb,
                    actor=row.author if kind is kinds[0] else stage.staff,
                    subject_type=kind,
                    subject_id=key,
                    at=row.deposited_at,
                )
                for verb, kind, key in verbs
            ]
        Event.objects.bulk_create(rows, batch_size=BATCH * 2)
