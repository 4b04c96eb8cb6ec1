"""Where the polls of a sitting are: ballots on one dossier, contests between several."""

from django.urls import path

from committees.views import ballots, contests


polls = [
    path("comites/deliberations/<int:pk>/vote/", ballots.vote, name="vote"),
    path("comites/points/<int:pk>/ouverture/", ballots.item_opening, name="item-opening"),
    path("comites/points/<int:pk>/report/", ballots.item_postponement, name="item-postponement"),
    path("comites/points/<int:pk>/scrutin/", ballots.ballot_new, name="ballot-new"),
    path("comites/scrutins/<int:pk>/", ballots.ballot, name="ballot"),
    path("comites/scrutins/<int:pk>/participation/", ballots.ballot_turnout, name="ballot-turnout"),
    path("comites/scrutins/<int:pk>/ouverture/", ballots.ballot_opening, name="ballot-opening"),
    path("comites/scrutins/<int:pk>/cloture/", ballots.ballot_closing, name="ballot-closing"),
    path(
        "comites/scrutins/<int:pk>/proclamation/",
        ballots.ballot_proclamation,
        name="ballot-proclamation",
    ),
    path("comites/scrutins/<int:pk>/nouveau-vote/", ballots.ballot_revote, name="ballot-revote"),
    path(
        "comites/scrutins/<int:pk>/annulation/",
        ballots.ballot_cancellation,
        name="ballot-cancellation",
    ),
    path("comites/seances/<int:pk>/classement/", contests.contest_new, name="contest-new"),
    path("comites/classements/<int:pk>/", contests.contest, name="contest"),
    path(
        "comites/classements/<int:pk>/participation/",
        contests.contest_turnout,
        name="contest-turnout",
    ),
    path("comites/classements/<int:pk>/vote/", contests.contest_vote, name="contest-vote"),
    path(
        "comites/classements/<int:pk>/ouverture/", contests.contest_opening, name="contest-opening"
    ),
    path("comites/classements/<int:pk>/cloture/", contests.contest_closing, name="contest-closing"),
    path(
        "comites/classements/<int:pk>/proclamation/",
        contests.contest_proclamation,
        name="contest-proclamation",
    ),
    path(
        "comites/classements/<int:pk>/annulation/",
        contests.contest_cancellation,
        name="contest-cancellation",
    ),
]
