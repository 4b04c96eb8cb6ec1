from tests.nets.table import row


RIGHTS = [
    row("home", reads="everyone", kind="home"),
    row("healthz", reads="everyone", kind="file"),
    row("readyz", reads="everyone", kind="file"),
    row("desk", reads="signed", kind="home"),
    row("message-list", reads="signed", kind="list"),
    row("message", "message", reads="member"),
    row("message-read", "message", acts="member"),
    row("messages-read", acts="signed"),
    row("set_language", sent="everyone", acts="everyone"),
]
