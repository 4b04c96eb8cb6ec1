from tests.nets.table import row


RIGHTS = [
    row("cockpit", reads="team"),
    row("favicon", sent="everyone", kind="file"),
    row("home", reads="everyone", kind="home"),
    row("healthz", reads="everyone", kind="file"),
    row("readyz", reads="everyone", kind="file"),
    row("desk", reads="signed", kind="home"),
    row("message-list", reads="signed", kind="list"),
    row("message", "message", reads="member"),
    row("message-read", "message", acts="member"),
    row("messages-read", acts="signed", idle="signed -member -applicant"),
    row(
        "set_language",
        sent="everyone",
        acts="everyone",
        fills={"language": "en"},
        session=True,
    ),
    row("accessibility", reads="everyone"),
    row("legal-notice", reads="everyone"),
    row("personal-data", reads="everyone"),
    row("cookies", reads="everyone"),
    row("site-map", reads="everyone"),
    row("security-txt", reads="everyone", kind="file"),
    row("robots-txt", reads="everyone", kind="file"),
    row("accounts:profile", reads="signed", acts="signed"),
    row("accounts:entity-list", reads="everyone", kind="list"),
]
