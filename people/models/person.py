"""Users who sign in, and persons who belong to a school."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from guardian.mixins import GuardianUserMixin

from people.models.school import SchoolOwned


class UserManager(BaseUserManager["User"]):
    """Make users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user who signs in by e-mail; refuses an empty address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of an address, whatever its case."""
        return self.get(email__iexact=username)


class User(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in, at one school or several. Knows nothing of any school itself.

    There is no superuser door: rights follow from roles held at a school (ROL-30).
    """

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.email


class Person(SchoolOwned):
    """A member of a school's community, whether or not they can sign in (ROL-29)."""

    class Kind(models.TextChoices):
        """The population a person mainly belongs to."""

        PUPIL = "pupil", "Pupil"
        STAFF = "staff", "Member of staff"
        GOVERNOR = "governor", "Governor"
        CARER = "carer", "Parent or carer"
        VOLUNTEER = "volunteer", "Volunteer, contractor or supply"
        EXTERNAL = "external", "External group or visitor"

    user = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, null=True, blank=True, related_name="persons"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=60, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    joined_date = models.DateField(null=True, blank=True)
    left_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "external_id"],
                condition=~Q(external_id=""),
                name="one_person_per_external_id",
            ),
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(user__isnull=False),
                name="one_person_per_user_and_school",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "kind", "family_name"], name="person_register"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name as people at the school say it, with a title for adults who have one."""
        first = self.known_as or self.given_name
        return " ".join(part for part in (self.title, first, self.family_name) if part)


class StaffDetails(SchoolOwned):
    """What the school knows of a person as an employee."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="staff")
    job_title = models.CharField(max_length=120, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.job_title


class GovernorDetails(SchoolOwned):
    """What the school knows of a person as a governor (ROL-14)."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="governor")
    category = models.CharField(max_length=60, blank=True)
    appointed_date = models.DateField(null=True, blank=True)
    term_ends_date = models.DateField(null=True, blank=True)
    minute_reference = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.category
