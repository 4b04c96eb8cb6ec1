from tests.nets.table import PASSWORD, row


def new_address(_world, role):
    """The agent has asked for one already, and can only have its letter sent again."""
    return "nouvelle@fabrique.example" if role == "agent" else "autre@fabrique.example"


OTHER = "un autre mot bien plus long"
NO_FACTOR = "sans avoir activé l"


RIGHTS = [
    row(
        "account_login",
        reads="anonymous",
        sent="signed",
        acts="anonymous",
        fills={"login": "agent@fabrique.example", "password": PASSWORD},
    ),
    row("account_logout", reads="signed", sent="anonymous", acts="signed", session=True),
    row("account_inactive", reads="everyone"),
    row(
        "account_signup",
        reads="anonymous",
        sent="signed",
        acts="anonymous",
        fills={
            "email": "nouveau@fabrique.example",
            "entity": "Service agent",
            "password1": OTHER,
            "password2": OTHER,
        },
    ),
    row(
        "account_reauthenticate",
        reads="signed",
        acts="signed",
        fills={"password": PASSWORD},
        session=True,
    ),
    row(
        "account_email",
        reads="signed",
        acts="signed",
        fills={"email": new_address},
        refused={"superuser": "un compte protégé par l'authentification à deux facteurs."},
    ),
    row("account_email_verification_sent", reads="everyone"),
    row(
        "account_change_password",
        reads="signed",
        acts="signed",
        fills={"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER},
    ),
    row("account_set_password", sent="signed"),
    row("account_reset_password", reads="everyone", acts="everyone"),
    row("account_confirm_login_code", sent="signed"),
    row("account_confirm_email", "confirmation", reads="everyone", acts="everyone"),
    row("account_reset_password_from_key_done", reads="everyone"),
    row(
        "account_reset_password_from_key",
        "reset",
        reads="everyone",
        acts="everyone",
        fills={"password1": OTHER, "password2": OTHER},
        session=True,  # it keeps the key, for the address without it
    ),
    row("account_reset_password_done", reads="everyone"),
    row("account_request_login_code", reads="anonymous", sent="signed", acts="anonymous"),
    row("mfa_index", reads="signed"),
    row("mfa_authenticate", sent="signed"),
    row(
        "mfa_reauthenticate",
        reads="superuser",
        sent="signed -superuser",
        acts="superuser",
        refused={"superuser": "Code incorrect."},
    ),
    row(
        "mfa_activate_totp",
        reads="signed -agent -superuser",
        sent="agent superuser",
        acts="signed -agent -superuser",
        refused={"signed": "Code incorrect."},
    ),
    row("mfa_deactivate_totp", reads="superuser", acts="superuser"),
    row("mfa_view_recovery_codes", reads="superuser", marks="mfa_authenticator"),
    row(
        "mfa_generate_recovery_codes",
        reads="signed",
        acts="signed",
        refused={"signed -superuser": NO_FACTOR},
    ),
    row("mfa_download_recovery_codes", reads="superuser", kind="file", marks="mfa_authenticator"),
    row("mfa_list_webauthn", reads="signed"),
    row(
        "mfa_add_webauthn",
        reads="signed -agent",
        sent="agent",
        acts="signed -agent",
        refused={"signed": "Ce champ est obligatoire."},
    ),
    row("mfa_reauthenticate_webauthn", sent="signed"),
    row("mfa_remove_webauthn", "nobody’s key"),
    row("mfa_edit_webauthn", "nobody’s key"),
]
