"""The pages of agreements and consents that the bench asks for."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.actions.answering import ask_again
from agreements.models import Obligation
from common.scope import school_scope
from people.models import Person, School

Page = Callable[..., Callable[[], Any]]


def agreement_pages(role: str, page: Page) -> dict[str, Callable[[], Any]]:
    """Return the pages of a role by name; a class teacher sees only what is their own."""
    pages = {"portal": page("portal")}
    if role == "dsl":
        pages |= {
            "agreement_coverage": page("coverage_detail"),
            "agreement_outstanding": page("obligation_list", show="waiting"),
            "consent_list": page("consent_list"),
        }
    return pages


class SignAgain:
    """Sign one's agreement as the page's form does, each time after being asked for it again."""

    def __init__(self, school: School, role: str, client: Client) -> None:
        self.school, self.client, self.ticket = school, client, ""
        with school_scope(school.pk):
            self.signer = Person.objects.get(user__email=f"{role}@{school.slug}.example")
            self.head = Person.objects.get(user__email=f"head@{school.slug}.example")
            rows = Obligation.objects.filter(signer=self.signer, agreement__code="staff")
            self.number = rows.values_list("pk", flat=True).get()
        self.url = reverse("agreement_sign", args=[school.slug, self.number])

    def prepare(self) -> None:
        """Ask for the agreement again and open its page, as must be before each signature."""
        with school_scope(self.school.pk):
            obligation = Obligation.objects.get(pk=self.number)
            if obligation.state != "due":
                ask_again(obligation=obligation, reason="Bench", by=self.head, at=timezone.now())
        page = self.client.get(self.url).content.decode()
        self.ticket = page.partition('name="ticket" value="')[2].partition('"')[0]

    def __call__(self) -> Any:
        """Send the signature."""
        return self.client.post(
            self.url,
            {"ticket": self.ticket, "agreed": "on", "typed_name": self.signer.full_name},
        )
