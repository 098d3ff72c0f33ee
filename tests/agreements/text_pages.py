"""What tests of the pages of agreements' texts share: a page in words, a form as it is sent."""

import re

from agreements.actions.texts import load_agreement
from agreements.models import AgreementVersion
from tests.cast import NOW


def words(response) -> str:
    """Return a page without its tags, on one line."""
    text = re.sub(
        r"<(script|style|option)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def form_of(page) -> dict[str, str | list[str]]:
    """Return what the editor's page would send, as a browser reads it."""
    editor = page.context["editor"]
    sent: dict[str, str | list[str]] = {"seen": page.context["seen"]}
    sent["clauses"] = str(len(editor.clauses))
    for form in [editor.form, *editor.clauses]:
        for field in form:
            value = field.value()
            sent[field.html_name] = value if isinstance(value, list | tuple) else str(value or "")
    return sent


def started(cast, name="byod_code") -> AgreementVersion:
    return load_agreement(school=cast.school, name=name, by=cast.dora, at=NOW)


def edit_path(cast, code="byod-code", number=1, page="text") -> str:
    return cast.url(f"agreements/{code}/{number}/{page}/")


def sent_by(client, path: str, deed: str) -> dict[str, str | list[str]]:
    """Return what an editor's page sends when one of its buttons is pressed and nothing typed."""
    return form_of(client.get(path)) | {"do": deed}
