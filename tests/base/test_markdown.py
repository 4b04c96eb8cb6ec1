import pytest

from base.markdown import render


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Bonjour", "<p>Bonjour</p>"),
        ("**gras** et *penché*", "<p><strong>gras</strong> et <em>penché</em></p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("# Un\n## Deux\n### Trois", "<h2>Un</h2>\n<h3>Deux</h3>\n<h4>Trois</h4>"),
        (
            "[aide](https://www.gouv.fr)",
            '<p><a href="https://www.gouv.fr" rel="noopener nofollow">aide</a></p>',
        ),
        ("", ""),
        (None, ""),
    ],
)
def test_markdown_becomes_plain_markup(text, markup):
    assert render(text).strip() == markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)",
        "[x](vbscript:x)",
        "![x](https://ailleurs.example/pixel.png)",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "<iframe src=https://ailleurs.example>",
        '<p style="position:fixed">x</p>',
        '[x](https://a.fr "onmouseover=alert(1)")',
        "`<script>`",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        "[x]: javascript:alert(1)\n\n[x]",
        "\x00<script>",
    ],
)
def test_nothing_in_it_runs_or_comes_from_elsewhere(text):
    markup = render(text).lower()

    for danger in ["<script", "<img", "<svg", "<iframe", "<style", "<p style", 'href="javascript']:
        assert danger not in markup
    assert 'href="data' not in markup
    assert " onmouseover=alert" not in markup.replace("&quot;", "")
