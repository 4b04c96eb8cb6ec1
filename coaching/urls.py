from django.urls import path

from coaching.views import actions, answers, coaches, desk, projects, proposals, sessions


app_name = "coaching"
urlpatterns = [
    path("accompagnement/", desk.desk, name="desk"),
    path("accompagnement/profil/", desk.profile, name="profile"),
    path("accompagnement/actions/", actions.action_list, name="action-list"),
    path("accompagnement/actions/<int:pk>/", actions.action, name="action"),
    path("accompagnement/actions/<int:pk>/realisation/", actions.completion, name="completion"),
    path("accompagnement/actions/<int:pk>/reouverture/", actions.reopening, name="reopening"),
    path("accompagnement/seances/<int:pk>/", sessions.session, name="session"),
    path("accompagnement/notes/<int:pk>/restriction/", sessions.narrowing, name="narrowing"),
    path("accompagnement/<int:pk>/", answers.assignment, name="assignment"),
    path("accompagnement/<int:pk>/acceptation/", answers.acceptance, name="acceptance"),
    path("accompagnement/<int:pk>/refus/", answers.refusal, name="refusal"),
    path("accompagnement/<int:pk>/fin/", answers.end, name="end"),
    path("accompagnement/<int:pk>/retrait/", answers.withdrawal, name="withdrawal"),
    path("accompagnement/<int:pk>/seances/nouvelle/", sessions.session_new, name="session-new"),
    path("projets/<slug:slug>/accompagnement/", projects.coaching, name="project-coaching"),
    path("equipe/coachs/", coaches.coach_list, name="coach-list"),
    path("equipe/coachs/inscription/", coaches.enrolment, name="enrolment"),
    path("equipe/coachs/projets/", proposals.project_list, name="project-list"),
    path(
        "equipe/coachs/projets/<slug:slug>/proposition/",
        proposals.proposal_new,
        name="proposal-new",
    ),
    path("equipe/coachs/<int:pk>/", coaches.coach, name="coach"),
]
