"""Templates compile, and hold nothing that a strict content policy refuses (house rules, 7)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*"))
# Documents are laid out on paper, where no browser and no content policy is.
ON_PAPER = ("documents/",)
REFUSED = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "foreign file": re.compile(
        r"<(script|link|img|iframe)[^>]*(src|href)=[\"']https?:", re.IGNORECASE
    ),
}
MOST_LINES = 150
SET = re.compile(r"{% [^%]* as (\w+) %}")


def said(name: str) -> str:
    """Return what a template says, without its comments."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name).origin.name == str(FOLDER / name)


@pytest.mark.parametrize("kind", REFUSED)
def test_templates_hold_nothing_that_the_content_policy_refuses(kind):
    found = [
        f"{name}: {match[0]!r}"
        for name in TEMPLATES
        if name.endswith(".html") and not name.startswith(ON_PAPER)
        for match in REFUSED[kind].finditer(said(name))
    ]

    assert found == []


def test_templates_stay_short():
    long = [name for name in TEMPLATES if len(said(name).splitlines()) > MOST_LINES]

    assert long == []


def test_words_of_the_product_do_not_shout():
    """Sentence case and no exclamation marks (face.md)."""
    found = []
    for name in TEMPLATES:
        if name.endswith(".html"):
            words = re.sub(
                r"<!--.*?-->|<![^>]*>|{[{%].*?[}%]}|<[^>]+>", " ", said(name), flags=re.DOTALL
            )
            found += [f"{name}: {line.strip()}" for line in words.splitlines() if "!" in line]

    assert found == [
        "components/warning.html: !",
    ]


def test_what_one_block_sets_no_other_block_reads():
    """A name set by ``as`` ends with its block: in the next one a Cancel button led nowhere."""
    found = []
    for name in TEMPLATES:
        blocks = dict(re.findall(r"{% block (\w+) %}(.*?){% endblock", said(name), re.DOTALL))
        for block, text in blocks.items():
            others = "".join(other for key, other in blocks.items() if key != block)
            foreign = set(SET.findall(others)) - set(SET.findall(text))
            tags = " ".join(re.findall(r"{[{%].*?[}%]}", text))
            read = set(re.findall(r"\b[a-z_]+\b(?!=)", tags))
            found += [f"{name}: {block} reads {one}" for one in sorted(foreign & read)]

    assert found == []
