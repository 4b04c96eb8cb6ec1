"""Documents to keep: typst compiles a template and its data into an accessible PDF."""

import json

from django.conf import settings
from django.utils.translation import get_language


FOLDER = settings.BASE_DIR / "templates" / "pdf"


def pdf(name, **data):
    """The bytes of templates/pdf/<name>.typ as PDF/UA-1; text in the data is text, never markup.

    A template reads its data with `#let data = json(bytes(sys.inputs.data))`; `data.lang` is the
    reader's language.
    """
    import typst  # noqa: PLC0415  - 40 MB that only the pages of documents need

    data["lang"] = get_language() or settings.LANGUAGE_CODE
    return typst.compile(
        str(FOLDER / f"{name}.typ"),
        root=str(FOLDER),
        sys_inputs={"data": json.dumps(data, default=str, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
