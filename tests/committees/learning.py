"""One dossier from its reviews to its minutes, and what each reader learns of it on the way."""

import re

from django.test import Client

from calls.export_writing import write
from calls.models import Application, Export, Release
from committees.models import AgendaItem, Ballot, Minutes, Review
from notifications.models import Message
from tests.factories import (
    AgendaItemFactory,
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    AttendanceFactory,
    CalibrationFactory,
    CallFactory,
    CoachAssignmentFactory,
    CoApplicantFactory,
    CommitteeFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    RemarkFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)
from tests.nets.sides import words_of
from tests.nets.walk import undone
from tests.spoiling import spoil


# What each secret looks like, in words that are nowhere else.
SECRETS = {
    "score": r"41[.,]67",
    "comment": "Canari du commentaire",
    "advice": "Canari du conseil",
    "draft": "Canari du brouillon",
    "remark": "Canari de la remarque",
    "vote": "Canari du vote",
    "tally": r"Pour\W+2\W+Contre\W+1\b",
    "secret-tally": r"Pour\W+1\W+Contre\W+3\b",
    "calibration": r"Canari de l’étalonnage|23[.,]45",
    "decision": "Canari du motif",
    "author": "Canariplume",
}
# Who sits is known to the committee: its reviewer is only named where reviews are.
WHERE_REVIEWS_ARE = re.compile(r"evaluation|remarques|etalonnage|resultats|candidatures|mail")
DESK = "/equipe/candidatures/"
LINK = re.compile(r'href="(/[^"#?]*)')
ABOUT = re.compile(r"/(?:comites|candidatures|equipe|fichiers|methode|projets|accompagnement)/")
TODAY = """UPDATE committees_sitting SET meets_at = clock_timestamp(),
    convened_at = clock_timestamp() - interval '7 days'"""
VOTES = {"writer": "Canari du vote."}
SECRET_VOTES = [("writer", "for"), ("chair", "against"), ("done", "against"), ("relief", "against")]
INSIDE = ["awaited", "done", "chair", "secretary", "substitute", "observer", "staff"]
OUTSIDE = ["excluded", "coach", "applicant", "co-applicant", "manager", "anonymous"]
READERS = [*INSIDE, *OUTSIDE]
PHASES = ["reviews_under_way", "reviews_handed_in", "sitting_convened", "sitting_open"]
PHASES += ["ballot_open", "ballot_closed", "result_proclaimed", "decided_not_told", "released"]
PHASES += ["minutes_signed"]
SEATS = {"writer": {"user__last_name": "Canariplume"}, "done": {}, "awaited": {}, "relief": {}}
SEATS |= {name: {name: True} for name in ["chair", "secretary", "substitute", "observer"]}
SEATS |= {"excluded": {}}


class House:
    """`people` and `seats` by role; the dossier, another voted in secret, one to calibrate."""

    def __init__(self):
        self.committee = CommitteeFactory()
        self.round = RoundFactory(committee=self.committee)
        self.seats = {
            role: SeatFactory(committee=self.committee, **fields) for role, fields in SEATS.items()
        }
        self.people = {role: seat.user for role, seat in self.seats.items()}
        self.people |= {"staff": UserFactory(staff=True), "anonymous": None}
        self.subject = self.application()
        self.call = self.subject.call
        self.people["applicant"] = self.subject.author
        fellow, manager = UserFactory(), UserFactory()
        CoApplicantFactory(application=self.subject, accepted=True, person=fellow)
        ApprovalFactory(application=self.subject, approved=True, manager_email=manager.email)
        coach = CoachAssignmentFactory(
            accepted=True, project__leader=self.subject.author
        ).coach.user
        self.people |= {"co-applicant": fellow, "manager": manager, "coach": coach}
        self.dossier, self.other = self.examined(self.subject), self.examined()
        self.gauge = self.examined()
        for role in set(self.seats) - {"excluded"}:
            DeclarationFactory(person=self.people[role], up_to=self.gauge)
        self.clients = {reader: self.client_of(reader) for reader in READERS}
        self.known = dict.fromkeys(READERS, set())
        self.told = set(Message.objects.values_list("pk", flat=True))

    def client_of(self, reader):
        client = Client()
        if person := self.people[reader]:
            client.force_login(person)
        return client

    def application(self):
        call = CallFactory(closed=True, committee=self.committee)
        return ApplicationFactory(call=call, examined=True)

    def examined(self, subject=None):
        """Before the committee, of which one member is kept away."""
        subject = subject or self.application()
        deliberation = DeliberationFactory(round=self.round, subject=subject)
        seat = self.seats["excluded"]
        InterestFactory(deliberation=deliberation, seat=seat, effect="exclusion")
        return deliberation

    def review(self, deliberation, role, *, score=None, **words):
        """Handed in with a score, otherwise being written."""
        done = score is not None
        state = {"reviewed": True} if done else {"accepted": True}
        seat = self.seats[role]
        assignment = AssignmentFactory(deliberation=deliberation, seat=seat, **state)
        marks = {"handed_in": True, "score": score} if done else {}
        return ReviewFactory(assignment=assignment, **marks, **words)

    # The phases, in order.

    def reviews_under_way(self):
        words = {"comment": "Canari du commentaire.", "feedback": "Canari du conseil."}
        self.review(self.dossier, "writer", score="41.67", **words)
        self.review(self.dossier, "done", score="80")
        self.draft = self.review(self.dossier, "awaited", comment="Canari du brouillon.")
        RemarkFactory(
            deliberation=self.dossier, seat=self.seats["writer"], text="Canari de la remarque."
        )
        CalibrationFactory(deliberation=self.gauge)
        self.review(self.gauge, "done", score="23.45", comment="Canari de l’étalonnage.")
        self.review(self.gauge, "awaited")
        self.dossier.weigh()

    def reviews_handed_in(self):
        sheet = [(c, c.levels.get(score=1), False, "") for c in self.round.grid.criteria.in_order()]
        for review in Review.objects.filter(status="draft"):
            review.hand_in(
                by=self.people["awaited"], version=0, answers=sheet, comment=review.comment
            )

    def sitting_convened(self):
        self.sitting = SittingFactory(committee=self.committee)
        self.item = AgendaItem.add(
            by=self.people["chair"], sitting=self.sitting, deliberation=self.dossier
        )
        self.sitting.convene(by=self.people["chair"])

    def sitting_open(self):
        spoil(TODAY)
        self.sitting.refresh_from_db()
        self.sitting.open(by=self.people["chair"])
        self.gather(self.sitting)
        self.item.open(by=self.people["chair"])

    def ballot_open(self):
        question = {"question": "Le comité écarte-t-il ce dossier ?", "proposal": "declined"}
        self.ballot = Ballot.prepare(by=self.people["chair"], item=self.item, **question)
        self.ballot.open(by=self.people["chair"])
        for role, choice in [("writer", "against"), ("done", "for"), ("relief", "for")]:
            self.ballot.cast(by=self.people[role], choice=choice, comment=VOTES.get(role, ""))
        self.put_to_a_secret_vote()

    def ballot_closed(self):
        for ballot in [self.ballot, self.secret]:
            ballot.close(by=self.people["chair"])

    def result_proclaimed(self):
        for ballot in [self.ballot, self.secret]:
            ballot.proclaim(by=self.people["chair"])

    def decided_not_told(self):
        terms = {"outcome": "declined", "reason_code": "scope", "reason": "Canari du motif."}
        self.dossier.conclude(by=self.people["chair"], **terms)

    def released(self):
        Release.prepare(self.call, by=self.people["staff"]).confirm(by=UserFactory(staff=True))

    def minutes_signed(self):
        self.sitting.close(by=self.people["chair"])
        minutes = Minutes.generate(by=self.people["secretary"], sitting=self.sitting)
        for role in ["chair", "secretary"]:
            minutes.sign(by=self.people[role])

    def put_to_a_secret_vote(self):
        """In a sitting of its own: one dossier is examined at a time."""
        sitting = SittingFactory(committee=self.committee, open=True)
        self.gather(sitting)
        chair = self.people["chair"]
        item = AgendaItemFactory(sitting=sitting, deliberation=self.other)
        item.open(by=chair)
        rules = {"question": "Et celui-ci ?", "proposal": "selected", "tie_rule": "rejected"}
        self.secret = Ballot.prepare(by=chair, item=item, secret=True, **rules)
        self.secret.open(by=chair)
        for role, choice in SECRET_VOTES:
            self.secret.cast(by=self.people[role], choice=choice)

    def gather(self, sitting):
        for role in set(self.seats) - {"excluded"}:
            AttendanceFactory(sitting=sitting, seat=self.seats[role])

    # What one learns.

    def live(self, phase):
        """Let a phase happen: {reader: the secrets that they have met by then}.

        In pages, files, the team's export and new mails. What one has learnt one knows: only the
        pages that a phase touches are asked for.
        """
        getattr(self, phase)()
        news = Message.objects.exclude(pk__in=self.told).select_related("recipient")
        mails = [(m.recipient, "mail", f"{m.subject} {m.body}") for m in news]
        self.told |= {message.pk for message in news}
        for reader in READERS:
            own = [mail[1:] for mail in mails if mail[0] == self.people[reader]]
            met = [*self.pages_of(reader, phase), *self.export_of(reader), *own]
            sits = reader in {*self.seats, "staff"}
            self.known[reader] = self.known[reader] | told_by(met, knowing_who_sits=sits)
        return dict(self.known)

    def pages_of(self, reader, phase):
        """(address, words) of the pages and files that open to them.

        In the end outsiders try their own space, those of every phase, and whatever is linked.
        """
        over = phase == PHASES[-1] and reader in OUTSIDE
        tried = [self.doors(each) for each in PHASES] + [["/mon-espace/"]]
        awaiting, seen = sum(tried, []) if over else self.doors(phase), set()
        while awaiting:
            path = awaiting.pop()
            if path in seen:
                continue
            seen.add(path)
            response = self.clients[reader].get(path)
            if response.status_code == 200:
                content = b"".join(response) if response.streaming else response.content
                text = words_of(content)
                yield path, text
                if over:
                    awaiting += [link for link in LINK.findall(text) if ABOUT.match(link)]

    def doors(self, phase):
        """The pages and files that a phase may have changed, where everybody tries."""
        dossier, gauge = [f"/comites/deliberations/{d.pk}/" for d in [self.dossier, self.gauge]]
        own = self.subject.get_absolute_url()
        decision = [f"{dossier}decision/"]
        reviews = [dossier, f"{dossier}evaluation/", f"{dossier}remarques/"]
        reviews += [gauge, f"{gauge}etalonnage/", f"/comites/tours/{self.round.pk}/resultats.csv"]
        votes = [ballot.get_absolute_url() for ballot in Ballot.objects.all()] + decision
        outcome = [own, f"{own}explication/", f"{own}explication.pdf", f"{DESK}{self.subject.pk}/"]
        outcome += decision + [letter.get_absolute_url() for letter in self.subject.letters.all()]
        changed = {"reviews": reviews, "sitting": [dossier], "ballot": votes, "result": votes}
        changed |= {"decided": outcome, "released": outcome}
        minutes = [one.get_absolute_url() for one in Minutes.objects.all()]
        papers = [f"{path.removesuffix('/')}.pdf" for path in minutes]
        return (changed | {"minutes": minutes + papers})[phase.partition("_")[0]]

    def export_of(self, reader):
        """The team may take the whole file of the desk; it is not kept."""
        if reader == "staff":
            with undone():
                every = Application.objects.filter(pk=self.subject.pk)
                asked = {"format": "csv", "applications": every, "columns": ["author", "state"]}
                export = Export.request(by=self.people["staff"], **asked)
                yield "export", words_of(write(export)[0].read())


def told_by(texts, *, knowing_who_sits):
    """The secrets in some texts; a name alone is none to whoever knows who sits."""
    found = set()
    for where, text in texts:
        plain = re.sub(r"<[^>]*>|\s+", " ", text)
        seen = {name for name, words in SECRETS.items() if re.search(words, plain)}
        if knowing_who_sits and not WHERE_REVIEWS_ARE.search(where):
            seen.discard("author")
        found |= seen
    return found
