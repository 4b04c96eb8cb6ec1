"""The Markdown of the team's own texts, made safe."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt


TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
TAGS |= {"h2", "h3", "h4"}
_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})


def render(text):
    """The markup of a Markdown text: no HTML of its own, no image, no script, no odd link."""
    html = _parser.render(text or "")
    # A page has one h1, its own: what the author calls a title is a title below it.
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 1}>")
        html = html.replace(f"</h{level}>", f"</h{level + 1}>")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
