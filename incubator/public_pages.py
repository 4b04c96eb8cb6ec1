"""The pages that anyone may read without signing in; every other page asks who is there."""

PUBLIC = {
    "calls:approval",  # behind a link that only a manager has
    "calls:approval-delegation",  # the same
    "calls:autosave",  # answers 401 by itself: a page that is typed in never leaves
    "calls:call",
    "calls:call-calendar",
    "calls:call-list",
    "calls:invitation",  # behind a link that only a colleague has; answering asks who is there
    "calls:inquiry-list",
    "calls:irritant-list",
    "calls:irritant-report",
    "calls:irritant-suggestions",
    "committees:method",
    "committees:method-version",
    "healthz",
    "home",
    "projects:irritant",
    "projects:project",
    "projects:project-list",
    "projects:promotion",
    "projects:promotion-list",
    "projects:term-review-draft",  # answers 401 by itself, as calls:autosave
    "readyz",
    "set_language",
    # what every public site owes
    "accessibility",
    "legal-notice",
    "personal-data",
    "cookies",
    "site-map",
    "security-txt",
    "robots-txt",
    "favicon",
    # the picker of a service, asked for at signing up
    "accounts:entity-list",
}

# What allauth opens to those who have not signed in yet.
SIGN_IN = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_authenticate",
}
