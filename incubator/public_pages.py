"""The pages that anyone may read without signing in; every other page asks who is there."""

PUBLIC = {
    "healthz",
    "home",
    "readyz",
    "set_language",
}
