"""Agreements, their versions, and the text of a version in each language."""

from django.db import models
from django.db.models import F, Q

from agreements.document import AgreementDocument, from_json
from agreements.vocabulary import LANGUAGES, RIGHT_TO_LEFT, Audience, Change, Kind
from agreements.workflow import VERSION
from people.models import SchoolOwned


class Agreement(SchoolOwned):
    """One text that one audience is asked to sign, through all its versions (AGR-01)."""

    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=16, choices=Audience)
    title = models.CharField(max_length=160)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["audience", "title"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="one_agreement_per_code"),
            models.UniqueConstraint(
                fields=["school", "audience"],
                condition=Q(kind=Kind.AGREEMENT, active=True),
                name="one_agreement_in_use_per_audience",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementVersion(SchoolOwned):
    """One version: drafted, approved as it stands to the letter, published, never altered (AGR-01).

    ``approved_hash`` is the hash of all its texts when the headteacher approved them; publishing
    is refused when they differ. One version of an agreement is live at a time.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=list(VERSION.states.items()), default="draft")
    change = models.CharField(max_length=10, choices=Change, default=Change.MATERIAL)
    note = models.CharField(max_length=400, help_text="What changed and why.")
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    because_of = models.ForeignKey(
        "policies.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    published_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_agreement_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(status="published", superseded_at=None),
                name="one_live_version_of_an_agreement",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=~Q(status="published"),
                name="one_unpublished_version_of_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", approved_at=None, approved_by=None, approved_hash="")
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_hash="")),
                name="approved_versions_say_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                & Q(published_by__isnull=False)
                | (~Q(status="published") & Q(published_at=None, superseded_at=None)),
                name="published_agreements_say_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("changed_by")),
                name="nobody_approves_their_own_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, version {self.number}"

    @property
    def live(self) -> bool:
        """Return whether this is the version people sign now."""
        return self.status == "published" and self.superseded_at is None


class AgreementText(SchoolOwned):
    """A version in one language: a translation is a variant of the same version (AGR-01)."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5, choices=list(LANGUAGES.items()), default="en")
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    clauses = models.JSONField(default=list)
    rules = models.TextField(blank=True)
    statement = models.CharField(max_length=600)

    class Meta:
        ordering = ["version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="one_text_per_version_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> AgreementDocument:
        """Return the text as the document that is checked, drawn and hashed."""
        return AgreementDocument(
            title=self.title,
            intro=self.intro,
            clauses=from_json(self.clauses),
            rules=self.rules,
            statement=self.statement,
            language=self.language,
        )

    @property
    def direction(self) -> str:
        """Return the direction of writing."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


class ShownText(SchoolOwned):
    """A text exactly as it was shown, kept once per version under its hash (domain leap 6)."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    first_shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version", "sha256"], name="one_shown_text_per_hash"
            )
        ]

    def __str__(self) -> str:
        return self.sha256
