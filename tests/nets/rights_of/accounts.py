from tests.nets.table import row


RIGHTS = [
    row("account_login", reads="anonymous", sent="signed", acts="everyone"),
    row("account_logout", reads="signed", sent="anonymous", acts="everyone"),
    row("account_inactive", reads="everyone"),
    row("account_signup", reads="anonymous", sent="signed", acts="everyone"),
    row("account_reauthenticate", reads="signed", acts="signed"),
    row("account_email", reads="signed", acts="signed"),
    row("account_email_verification_sent", reads="everyone"),
    row("account_change_password", reads="signed", acts="signed"),
    row("account_set_password", sent="signed", acts="signed"),
    row("account_reset_password", reads="everyone", acts="everyone"),
    row("account_confirm_login_code", sent="signed", acts="everyone"),
    row("account_confirm_email", "confirmation", reads="everyone", acts="everyone"),
    row("account_reset_password_from_key_done", reads="everyone"),
    row("account_reset_password_from_key", "reset", reads="everyone", acts="everyone"),
    row("account_reset_password_done", reads="everyone"),
    row("account_request_login_code", reads="anonymous", sent="signed", acts="everyone"),
    row("mfa_index", reads="signed"),
    row("mfa_authenticate", sent="signed", acts="everyone"),
    row("mfa_reauthenticate", reads="superuser", sent="signed -superuser", acts="signed"),
    row(
        "mfa_activate_totp", reads="signed -agent -superuser", sent="agent superuser", acts="signed"
    ),
    row("mfa_deactivate_totp", reads="superuser", acts="superuser"),
    row("mfa_view_recovery_codes", reads="superuser", marks="mfa_authenticator"),
    row("mfa_generate_recovery_codes", reads="signed", acts="signed"),
    row("mfa_download_recovery_codes", reads="superuser", kind="file", marks="mfa_authenticator"),
    row("mfa_list_webauthn", reads="signed"),
    row("mfa_add_webauthn", reads="signed -agent", sent="agent", acts="signed"),
    row("mfa_reauthenticate_webauthn", sent="signed", acts="signed"),
    row("mfa_remove_webauthn", "nobody’s key"),
    row("mfa_edit_webauthn", "nobody’s key"),
]
