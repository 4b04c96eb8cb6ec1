"""Text as it is searched: case, accents, ligatures and apostrophes do not count."""

import re
import unicodedata


LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'"})


def plain(text):
    """Lower case, without accents, `œ` as `oe`, one kind of apostrophe, single spaces."""
    text = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text).strip()
