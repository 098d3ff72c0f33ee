"""A demo school signs: its agreements are published, people asked, and most of them answer."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from agreements.actions.access import countersign_agreement
from agreements.actions.answering import answer_question, ask_question, decline_agreement
from agreements.actions.consents import give_consents
from agreements.actions.issuing import issue_obligations
from agreements.actions.kiosks import open_kiosk
from agreements.actions.links import make_link, try_link
from agreements.actions.purposes import set_up_purposes
from agreements.actions.signing import Way, sign_agreement, sign_together
from agreements.actions.sittings import close_sitting, mark_present, open_sitting, sign_in_class
from agreements.actions.texts import approve_agreement, load_agreement, publish_agreement
from agreements.consent_forms import form_of
from agreements.libraries import library_names
from agreements.marks import MARKS
from agreements.models import Obligation
from agreements.queries.access import systems_of
from agreements.queries.consents import questions_for
from agreements.queries.lists import waiting_for_countersignature
from agreements.queries.portal import same_sitting
from agreements.queries.texts import hash_of, live_versions
from agreements.shown import Opened, shown_to
from agreements.vocabulary import Asks, LinkCheck, Method
from people.calendar import LONDON
from people.models import Person, SchoolClass
from safeguard.demo.stage import Stage
from safeguard.demo.years import first_day_of_year

Deed = tuple[datetime, Callable[[datetime], object]]

# Two classes sign with their teacher and two have their parents answer: enough to look real.
CLASSES_THAT_SIGN = ("5", "3")
YEARS_WHOSE_PARENTS_SIGN = ("5", "1")
READING = timedelta(minutes=3)


def begin_at(stage: Stage) -> datetime:
    """Return when the school publishes its agreements: the week before its year begins."""
    return _at(first_day_of_year(stage.today) - timedelta(days=7), "10:00")


def sign_up(stage: Stage) -> Iterator[datetime]:
    """Do what people do about agreements in an autumn; yields the moment of each next step."""
    start = begin_at(stage)
    _publish(stage, start)
    begins = _at(first_day_of_year(stage.today), "08:30")
    yield begins
    issue_obligations(school=stage.school, by="sweep_agreements", at=begins)
    random = Random(stage.school.slug)  # noqa: S311  the same demo every time
    deeds = [*_staff(stage, random), *_classes(stage, random), *_parents(stage, random)]
    for moment, deed in sorted(deeds, key=lambda pair: pair[0]):
        if moment < stage.now:
            yield moment
            deed(moment)


def _publish(stage: Stage, at: datetime) -> None:
    """Bring the ready-made texts through approval to publication, and open the reception."""
    writer, head = stage.by_code["osl"], stage.by_code["head"]
    for name in library_names():
        version = load_agreement(school=stage.school, name=name, by=writer, at=at)
        approve_agreement(version=version, seen=hash_of(version), by=head, at=at)
        publish_agreement(version=version, by=head, at=at)
    set_up_purposes(school=stage.school, by=stage.by_code["office_mgr"], at=at)
    open_kiosk(school=stage.school, label="Reception", by=stage.by_code["office_mgr"], at=at)


def _staff(stage: Stage, random: Random) -> Iterator[Deed]:
    """Yield the signatures of staff and governors; a few are late, one asks, one declines."""
    rows = list(_waiting(stage).exclude(signer__kind__in=["pupil", "carer"]))
    for number, row in enumerate(rows):
        day = _school_day(stage, random.randint(0, 9))
        if number % 17 == 5:
            continue  # has not got round to it
        yield _at(day, _clock(random)), partial(_sign, row)
    if stage.school.setting("countersigned"):
        yield _at(_school_day(stage, 11), "15:50"), partial(_countersign, stage)
    asker, doubter = rows[5], rows[22]
    yield _at(_school_day(stage, 3), "12:40"), partial(_ask, stage, asker)
    yield _at(_school_day(stage, 6), "17:05"), partial(_decline, doubter)


def _classes(stage: Stage, random: Random) -> Iterator[Deed]:
    """Yield a reading with each of some classes; here and there a pupil is away."""
    for offset, year in enumerate(CLASSES_THAT_SIGN):
        group = SchoolClass.objects.filter(
            school=stage.school, year_group=year, teacher__isnull=False
        ).first()
        if group:
            seed = random.random()
            yield (
                _at(_school_day(stage, 4 + offset), "09:20"),
                partial(_read_with_class, stage, group, seed),
            )


def _parents(stage: Stage, random: Random) -> Iterator[Deed]:
    """Yield the parents who open their link; some sign for two children, some not at all."""
    done: set[int] = set()
    kept = _family_of_the_demo(stage)
    for year in YEARS_WHOSE_PARENTS_SIGN:
        for pupil in stage.pupils.get(year, ())[::2]:
            rows = Obligation.objects.filter(about=pupil, state="due").order_by("signer")
            first = rows.select_related("signer").first()
            if first is None or first.signer_id in done or random.random() < 0.15:
                continue
            signer = first.signer
            if signer.pk in kept:
                continue
            done.add(signer.pk)
            day = _school_day(stage, random.randint(1, 20))
            yield _at(day, "19:30"), partial(_sign_by_link, signer)


def _family_of_the_demo(stage: Stage) -> set[int]:
    """Return who signs for the children of the demo's parent: left for whoever tries it."""
    own = Obligation.objects.filter(signer=stage.by_code["parent"]).values("about")
    return set(Obligation.objects.filter(about__in=own).values_list("signer", flat=True))


def _sign(row: Obligation, at: datetime) -> None:
    sign_agreement(
        obligation=row,
        opened=_opened(row, at),
        typed_name=row.signer.full_name,
        way=Way(Method.ACCOUNT, "password entered when signing"),
        by=row.signer,
        at=at,
    )


def _decline(row: Obligation, at: datetime) -> None:
    decline_agreement(
        obligation=row,
        reason="I would like to talk about the part on my own phone first.",
        by=row.signer,
        at=at,
    )


def _countersign(stage: Stage, at: datetime) -> None:
    head, systems = stage.by_code["head"], systems_of(stage.school)
    for number, signature in enumerate(waiting_for_countersignature(stage.school)):
        if signature.signer_id != head.pk and number % 9:
            countersign_agreement(signature=signature, systems=systems[:3], by=head, at=at)


def _ask(stage: Stage, row: Obligation, at: datetime) -> None:
    question = ask_question(
        obligation=row, text="Does this cover my own tablet on school trips?", by=row.signer, at=at
    )
    answer_question(
        question=question,
        answer="Yes, wherever you work for the school. Please use a school camera for pictures.",
        by=stage.by_code["osl"],
        at=at + timedelta(minutes=45),
    )


def _read_with_class(stage: Stage, group: SchoolClass, seed: float, at: datetime) -> None:
    random, teacher = Random(seed), group.teacher  # noqa: S311
    version = next(
        (one for one in live_versions(stage.school) if one.agreement.audience == "pupil_ks2"), None
    )
    if version is None or teacher is None:
        return
    sitting = open_sitting(school_class=group, version=version, language="en", by=teacher, at=at)
    rows = Obligation.objects.filter(
        agreement=version.agreement, signer__enrolments__school_class=group, state="due"
    ).distinct()
    here = [row for row in rows.select_related("signer") if random.random() < 0.93]
    if sitting.asks == Asks.FAMILIARISE:
        pupils = [row.signer for row in here]
        mark_present(sitting=sitting, pupils=pupils, by=teacher, at=at)
    else:
        for row in here:
            sign_in_class(
                sitting=sitting,
                pupil=row.signer,
                mark=random.choice(list(MARKS)),
                opened=_opened(row, at + READING),
                by=teacher,
                at=at + READING,
            )
    close_sitting(sitting=sitting, by=teacher, at=at + 8 * READING)


def _sign_by_link(signer: Person, at: datetime) -> None:
    made = make_link(signer=signer, by=None, at=at - timedelta(days=1))
    known = made.link.check_kind == LinkCheck.BIRTH_DATE
    first = Obligation.objects.filter(signer=signer, state="due").select_related("about").first()
    if first is None or first.about is None:
        return
    answer = first.about.birth_date.isoformat() if known and first.about.birth_date else made.pin
    if not try_link(link=made.link, answer=answer, at=at):
        return
    way = Way(Method.LINK, f"personal link and {'date of birth' if known else 'PIN'}")
    while first := Obligation.objects.filter(signer=signer, state="due").first():
        together = same_sitting(signer, first.pk)
        sign_together(
            obligations=together,
            opened=_opened(together[0], at),
            typed_name=signer.full_name,
            way=way,
            by=signer,
            at=at,
        )
    _answer_consents(signer, at)


def _answer_consents(signer: Person, at: datetime) -> None:
    """Answer about every child: mostly yes, to the press often no."""
    random = Random(signer.pk)  # noqa: S311
    pupils = Person.objects.filter(obligations_about__signer=signer).distinct()
    for pupil in pupils.select_related("school"):
        asked = questions_for(pupil, signer)
        answers = {one.pk: "no" if random.random() < 0.18 else "yes" for one in asked}
        give_consents(
            pupil=pupil,
            answers=answers,
            form=form_of(asked),
            by=signer,
            at=at,
            method=Method.LINK,
        )


def _waiting(stage: Stage):
    rows = Obligation.objects.filter(school=stage.school, state="due")
    return rows.select_related("signer", "agreement", "version").order_by("pk")


def _opened(row: Obligation, at: datetime) -> Opened:
    shown = shown_to(row.version, "en", row.roles)
    return Opened((row.pk,), shown.sha256, "en", at - READING)


def _school_day(stage: Stage, count: int) -> date:
    return stage.calendar.add_school_days(first_day_of_year(stage.today), count)


def _clock(random: Random) -> str:
    return f"{random.choice((8, 12, 15, 16))}:{random.randint(0, 59):02d}".zfill(5)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)
