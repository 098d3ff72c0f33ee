"""A real record for every page that asks for one, and rows for every list.

The sweep of ``tests/house_rules`` walks all pages. A new page whose arguments are not found here by
name fails it: add a line to ``BY_PAGE``. A new list page needs a line in ``LISTS``.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import Any

from agreements.models import AgreementVersion
from audit.actions import record
from incidents import actions
from incidents.queries import agency_of
from people.actions.settings import change_setting
from people.jobs import start_job
from people.models import Closure, Job, PeopleImport, Person, Term
from people.tasks import send_notice
from policies.actions import load_policy
from policies.queries import ladder_on
from policies.rows import document_of
from reminders.models import Digest, Reminder
from roles.actions import (
    add_responsibility,
    assign_role,
    end_override,
    override_matrix,
)
from roles.models import MatrixOverride, Responsibility, Role, RoleAssignment
from tests.agreements import consent_samples, signing_samples, text_samples, way_samples
from tests.assets import (
    samples_care,
    samples_disposal,
    samples_inventory,
    samples_lifecycle,
    samples_own_devices,
    samples_phones,
    samples_taken,
)
from tests.cast import NOW, Cast
from tests.filtering import (
    samples_alerts,
    samples_changes,
    samples_failures,
    samples_oversight,
    samples_provision,
)
from tests.incidents import walk
from tests.list_page import ListPage
from tests.people.imports import PUPILS, uploaded
from tests.reminders import samples_duties
from tests.reports import samples_meetings, samples_reports, samples_reviews

DAY = timedelta(days=1)


class Samples:
    """One record of each kind at the cast's school, made by the real actions when first asked for.

    Needs a ladder in force, and the school's scope.
    """

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._made: dict[Callable, Any] = {}

    def once(self, make: Callable[[Cast], Any]) -> Any:
        """Return what a function makes at this school, made when first asked for."""
        if make not in self._made:
            self._made[make] = make(self.cast)
        return self._made[make]

    @cached_property
    def incident(self) -> Any:
        """Return an incident that has been classified, with everything that hangs on one."""
        incident = walk.make(self.cast, "investigating")
        by = self.cast.dora
        walk.act(actions.note_incident, incident, text="Spoke with Pia.", by=by)
        walk.act(actions.attach_evidence, incident, upload=walk.upload(), by=by)
        walk.act(
            actions.add_task,
            incident,
            label="Ask again",
            owner=self.cast.hana,
            due_date=NOW.date() + DAY,
            by=by,
        )
        walk.act(
            actions.refer_incident,
            incident,
            agency=agency_of(self.cast.school, "police"),
            purpose="Threats were made.",
            by=by,
        )
        return walk.now(incident)

    @cached_property
    def text(self) -> AgreementVersion:
        """Return a draft based on a version that is live."""
        return text_samples.draft(self.cast)

    @cached_property
    def approved_text(self) -> AgreementVersion:
        """Return a version that may be published."""
        return text_samples.approved(self.cast)

    def text_path(self, number: int = 2) -> dict[str, Any]:
        """Return where a version of an agreement stands."""
        return {"agreement": self.text.agreement.code, "number": number}

    @cached_property
    def upload(self) -> PeopleImport:
        """Return an import of pupils whose columns were chosen."""
        return uploaded(self.cast, "pupils", PUPILS)

    @cached_property
    def job(self) -> Job:
        """Return a piece of background work of the headteacher's."""
        return start_job(
            school=self.cast.school,
            kind="sample",
            label="A sample",
            task=send_notice,
            input={},
            by=self.cast.hana,
            at=NOW,
        )

    @cached_property
    def closure(self) -> Closure:
        """Return a half-term."""
        return Closure.objects.filter(school=self.cast.school)[0]

    @cached_property
    def term(self) -> Term:
        """Return a term."""
        return Term.objects.filter(school=self.cast.school)[0]

    @cached_property
    def assignment(self) -> RoleAssignment:
        """Return the safeguarding lead's assignment."""
        return RoleAssignment.objects.get(person=self.cast.dora, role__code="dsl")

    @cached_property
    def statement(self) -> Responsibility:
        """Return a responsibility in force."""
        return Responsibility.objects.filter(school=self.cast.school, to_date=None)[0]

    @cached_property
    def override(self) -> MatrixOverride:
        """Return an override that has ended, so that the matrix stands as usual."""
        made = override_matrix(
            role=Role.objects.get(school=self.cast.school, code="iao"),
            power="follow_report",
            granted=False,
            reason="A sample",
            by=self.cast.hana,
            at=NOW,
        )
        end_override(override=made, by=self.cast.hana, at=NOW)
        return made

    @cached_property
    def purpose(self) -> Any:
        """Return a question about consent, answered yes and then no."""
        return consent_samples.purpose(self.cast)

    @cached_property
    def follow_up(self) -> Any:
        """Return something that has to be done after a withdrawal."""
        return consent_samples.follow_up(self.cast)

    @cached_property
    def to_sign_by_staff(self) -> Any:
        """Return what a teacher has to sign and has not."""
        return signing_samples.obligation(self.cast)

    @cached_property
    def signature(self) -> Any:
        """Return a signature of a member of staff."""
        return signing_samples.signature(self.cast)

    @cached_property
    def link_token(self) -> str:
        """Return the token of a personal link."""
        return signing_samples.token(self.cast)

    @cached_property
    def question(self) -> Any:
        """Return a question that somebody asked before signing."""
        return signing_samples.question(self.cast)

    @cached_property
    def sitting(self) -> Any:
        """Return what a class reads now."""
        return way_samples.sitting(self.cast)

    @cached_property
    def kiosk(self) -> Any:
        """Return a place where visitors sign."""
        return way_samples.kiosk(self.cast)

    @cached_property
    def visit_token(self) -> str:
        """Return the token of a visitor's page."""
        return way_samples.visit_token(self.cast, self.kiosk)

    @cached_property
    def to_sign(self) -> Any:
        """Return what a pupil has to sign and has not."""
        return way_samples.obligation(self.cast)

    @cached_property
    def paper(self) -> Any:
        """Return a sheet that waits to be compared."""
        return way_samples.paper(self.cast)

    @cached_property
    def ladder_row(self) -> dict[str, Any]:
        """Return where a row of the ladder stands."""
        document = document_of(ladder_on(self.cast.school, NOW.date()))
        return {"number": 1, "section": "clauses", "identity": document.clauses[0].identity}


# Arguments that mean the same on every page.
BY_NAME: dict[str, Callable[[Samples], Any]] = {
    "reference": lambda made: made.incident.reference,
    "code": lambda _made: "dsl",
    "name": lambda _made: "idle_minutes",
    "power": lambda _made: "report_incident",
}

# Arguments that mean something else on each page; they go before those found by name.
BY_PAGE: dict[str, Callable[[Samples], dict[str, Any]]] = {
    **samples_alerts.BY_PAGE,
    **samples_changes.BY_PAGE,
    **samples_disposal.BY_PAGE,
    **samples_failures.BY_PAGE,
    **samples_inventory.BY_PAGE,
    **samples_oversight.BY_PAGE,
    **samples_provision.BY_PAGE,
    **samples_duties.BY_PAGE,
    **samples_reports.BY_PAGE,
    **samples_reviews.BY_PAGE,
    **samples_meetings.BY_PAGE,
    **samples_lifecycle.BY_PAGE,
    **samples_care.BY_PAGE,
    **samples_own_devices.BY_PAGE,
    **samples_phones.BY_PAGE,
    **samples_taken.BY_PAGE,
    "agreement_close": lambda made: {"agreement": made.text.agreement.code},
    "agreement_print": lambda made: {"agreement": made.text.agreement.code},
    "text_edit": lambda made: made.text_path(),
    "text_translate": lambda made: made.text_path(),
    "version_approve": lambda made: made.text_path(),
    "version_ask": lambda made: made.text_path(),
    "version_create": lambda made: made.text_path(1),
    "version_detail": lambda made: made.text_path(),
    "version_publish": lambda made: {
        "agreement": made.approved_text.agreement.code,
        "number": made.approved_text.number,
    },
    **dict.fromkeys(
        (
            "agreement_ask",
            "agreement_decline",
            "agreement_sign",
            "link_ask",
            "link_decline",
            "link_make",
            "link_sign",
            "obligation_ask_again",
            "obligation_detail",
            "obligation_exempt",
        ),
        lambda made: {"pk": made.to_sign_by_staff.pk},
    ),
    **dict.fromkeys(
        (
            "agreement_countersign",
            "link_copy",
            "signature_copy",
            "signature_detail",
            "signature_withdraw",
        ),
        lambda made: {"reference": made.signature.reference},
    ),
    "link_consent": lambda made: {"pk": made.cast.pia.pk},
    "link_open": lambda made: {"token": made.link_token},
    "question_answer": lambda made: {"pk": made.question.pk},
    "signature_verify": lambda made: {"seal": made.signature.seal},
    "chronology_detail": lambda made: {"pk": made.cast.pia.pk},
    "chronology_print": lambda made: {"pk": made.cast.pia.pk},
    "closure_edit": lambda made: {"pk": made.closure.pk},
    "consent_detail": lambda made: {"pk": made.cast.pia.pk},
    "consent_edit": lambda made: {"pk": made.cast.pia.pk},
    "consent_individual": lambda made: {"pk": made.cast.pia.pk},
    "consent_record": lambda made: {"pk": made.cast.pia.pk},
    "evidence_download": lambda made: {"pk": made.incident.evidence.get().pk},
    "follow_up_finish": lambda made: {"pk": made.follow_up.pk},
    "incident_from_alert": lambda made: {"pk": made.once(samples_alerts.alert).pk},
    "incident_from_failure": lambda made: {
        "reference": made.once(samples_failures.failure).reference
    },
    "incident_from_finding": lambda made: {"pk": made.once(samples_oversight.finding).pk},
    "import_apply": lambda made: {"pk": made.upload.pk},
    "import_cancel": lambda made: {"pk": made.upload.pk},
    "import_mapping": lambda made: {"pk": made.upload.pk},
    "import_preview": lambda made: {"pk": made.upload.pk},
    "job_detail": lambda made: {"pk": made.job.pk},
    "job_result": lambda made: {"pk": made.job.pk},
    "kiosk_close": lambda made: {"pk": made.kiosk.pk},
    "kiosk_poster": lambda made: {"pk": made.kiosk.pk},
    "ladder_edit": lambda _made: {"number": 1},
    "ladder_row_create": lambda _made: {"number": 1, "section": "clauses"},
    "ladder_row_edit": lambda made: made.ladder_row,
    "note_amend": lambda made: {"pk": made.incident.events.get(kind="note").pk},
    "paper_check": lambda made: {"pk": made.paper.pk},
    "paper_download": lambda made: {"pk": made.paper.pk},
    "paper_print": lambda made: {"pk": made.to_sign.pk},
    "paper_take": lambda made: {"pk": made.to_sign.pk},
    "person_detail": lambda made: {"pk": made.cast.pia.pk},
    "permission_restore": lambda made: {"number": made.override.pk},
    "policy_detail": lambda _made: {"number": 1},
    "policy_download": lambda _made: {"number": 1},
    "policy_publish": lambda _made: {"number": 1},
    "purpose_close": lambda made: {"pk": made.purpose.pk},
    "purpose_edit": lambda made: {"pk": made.purpose.pk},
    "referral_answer": lambda made: {"pk": made.incident.referrals.all()[0].pk},
    "responsibility_end": lambda made: {"number": made.statement.pk},
    "responsibility_revise": lambda made: {"number": made.statement.pk},
    "role_cover": lambda made: {"number": made.assignment.pk},
    "role_end": lambda made: {"number": made.assignment.pk},
    "sitting_close": lambda made: {"pk": made.sitting.pk},
    "sitting_create": lambda made: {"pk": made.sitting.school_class_id},
    "sitting_detail": lambda made: {"pk": made.sitting.pk},
    "sitting_sign": lambda made: {"pk": made.sitting.pk, "pupil": made.cast.pia.pk},
    "task_answer": lambda made: {"pk": made.incident.tasks.get().pk},
    "term_edit": lambda made: {"pk": made.term.pk},
    "visit_detail": lambda made: {
        "kiosk_code": made.kiosk.code,
        "token": made.visit_token,
    },
    "visit_sign": lambda made: {"kiosk_code": made.kiosk.code},
}


def _report(cast: Cast, number: int) -> None:
    walk.report(cast, "pia", at=NOW + timedelta(minutes=number))


def _person(cast: Cast, number: int) -> Person:
    return Person.objects.create(
        school=cast.school, kind="staff", given_name=f"Number{number}", family_name="Person"
    )


def _hold_role(cast: Cast, number: int) -> None:
    assign_role(
        role=Role.objects.get(school=cast.school, code="governor"),
        person=_person(cast, number),
        start_date=NOW.date(),
        end_date=None if number % 2 else NOW.date() + DAY,
        by=cast.hana,
        at=NOW,
    )


def _override(cast: Cast, number: int) -> None:
    made = override_matrix(
        role=Role.objects.get(school=cast.school, code="iao"),
        power="follow_report",
        granted=False,
        reason=f"Reason {number}",
        by=cast.hana,
        at=NOW,
    )
    end_override(override=made, by=cast.hana, at=NOW)


def _setting(cast: Cast, number: int) -> None:
    change_setting(school=cast.school, name="idle_minutes", value=number + 1, by=cast.hana, at=NOW)


def _statement(cast: Cast, number: int) -> None:
    add_responsibility(
        role=Role.objects.get(school=cast.school, code=("head", "staff")[number % 2]),
        statement=f"Do the thing with number {number}.",
        by=cast.hana,
        at=NOW,
    )


def _reminder(cast: Cast, number: int) -> None:
    person = _person(cast, number)
    digest = Digest.objects.create(
        school=cast.school,
        person=person,
        day=NOW.date(),
        count=1,
        queued_at=NOW,
        next_at=NOW,
        sent_at=None if number % 2 else NOW,
    )
    Reminder.objects.create(
        school=cast.school,
        person=person,
        duty="sample",
        period=str(number),
        words="Something is due.",
        made_at=NOW,
        digest=digest if number % 3 else None,
    )


# Every page whose name ends in "_list", and others with rows: as many queries for 30 as for 2.
LISTS: dict[str, ListPage] = {
    **samples_alerts.LISTS,
    **samples_changes.LISTS,
    **samples_disposal.LISTS,
    **samples_failures.LISTS,
    **samples_inventory.LISTS,
    **samples_oversight.LISTS,
    **samples_provision.LISTS,
    **samples_duties.LISTS,
    **samples_reports.LISTS,
    **samples_reviews.LISTS,
    **samples_meetings.LISTS,
    **samples_lifecycle.LISTS,
    **samples_care.LISTS,
    **samples_own_devices.LISTS,
    **samples_phones.LISTS,
    **samples_taken.LISTS,
    "access_list": ListPage(signing_samples.one_more_asked),
    "countersign_list": ListPage(signing_samples.one_more_to_countersign),
    "obligation_list": ListPage(signing_samples.one_more_asked),
    "question_list": ListPage(signing_samples.one_more_question),
    "signature_list": ListPage(signing_samples.one_more_signed),
    "agreement_list": ListPage(text_samples.one_more_document),
    "chronology_detail": ListPage(_report),
    "consent_coverage": ListPage(consent_samples.one_more_pupil),
    "consent_detail": ListPage(consent_samples.one_more_answer),
    "consent_list": ListPage(consent_samples.one_more_pupil),
    "follow_up_list": ListPage(consent_samples.one_more_follow_up),
    "import_list": ListPage(lambda cast, number: uploaded(cast, "pupils", PUPILS, f"{number}.csv")),
    "incident_list": ListPage(_report),
    "incident_queue": ListPage(_report, who="dora"),
    "kiosk_list": ListPage(way_samples.one_more_visit),
    "paper_list": ListPage(way_samples.one_more_paper),
    "permission_list": ListPage(_override),
    "person_list": ListPage(_person),
    "photo_list": ListPage(consent_samples.one_more_pupil),
    "policy_list": ListPage(
        lambda cast, _number: load_policy(
            school=cast.school, data_name="abcd", by=cast.hana, at=NOW
        )
    ),
    "reminder_list": ListPage(_reminder),
    "purpose_list": ListPage(consent_samples.one_more_question),
    "report_list": ListPage(_report, who="tom"),
    "responsibility_list": ListPage(_statement),
    "role_detail": ListPage(_hold_role, arguments={"code": "governor"}),
    "role_list": ListPage(_hold_role),
    "sheet_list": ListPage(way_samples.one_more_sheet),
    "sitting_list": ListPage(way_samples.one_more_class),
    "setting_list": ListPage(_setting),
    "trail_list": ListPage(
        lambda cast, number: record(
            "note_number", cast.pia, by=cast.hana, at=NOW, facts={"n": number}
        )
    ),
}
