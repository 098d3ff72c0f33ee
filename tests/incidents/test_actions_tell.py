"""The chronology: notes, amendments beside the old words, links that hide, people added."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from common.errors import Refusal
from common.scope import school_scope
from incidents import actions
from incidents.models import Event, IncidentLink, Involvement
from incidents.queries import incident_or_404, story_of, visible_to
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents import walk

TODAY = NOW.date()


def note(cast, incident, **said):
    return walk.act(actions.note_incident, incident, by=cast.dora, **{"text": "She cried."} | said)


def amend(cast, event, text="She was upset."):
    version = walk.now(event.incident).version
    return actions.amend_note(event=event, version=version, text=text, by=cast.dora, at=NOW)


def story(incident, person):
    powers = powers_of(person, on=TODAY)
    return story_of(incident_or_404(person, powers, incident.reference), person, powers)


def test_note_shows_when_it_was_and_when_it_was_written(cast):
    yesterday = NOW - timedelta(days=1)
    line = note(cast, walk.opened(cast), occurred_at=yesterday)
    assert (line.occurred_at, line.at, line.backdated) == (yesterday, NOW, True)
    assert note(cast, line.incident).backdated is False


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " \n"}, "Write the note first"),
        ({"occurred_at": NOW + timedelta(seconds=1)}, "cannot be in the future"),
    ],
)
def test_empty_and_future_notes_are_refused(cast, said, words):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match=words):
        note(cast, incident, **said)
    assert incident.events.filter(kind="note").count() == 0


def test_amendment_stands_beside_the_old_words(cast):
    line = note(cast, walk.opened(cast), occurred_at=NOW - timedelta(days=2))
    newer = amend(cast, line)
    old = Event.objects.get(pk=line.pk)
    assert (old.text, newer.text, newer.amends) == ("She cried.", "She was upset.", old)
    assert newer.occurred_at == old.occurred_at
    events = {event.pk: event for event in story(line.incident, cast.dora).events}
    assert events[old.pk].amended_by == newer


def test_note_is_amended_once_and_then_the_newer_words(cast):
    line = note(cast, walk.opened(cast))
    newer = amend(cast, line)
    with pytest.raises(Refusal, match="Amend the newer words"):
        amend(cast, line)
    assert amend(cast, newer, "She was very upset.").amends == newer


def test_only_notes_are_amended(cast):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match="Only notes can be amended"):
        amend(cast, incident.events.get(kind="opened"))


@pytest.mark.parametrize(
    "verb", ["UPDATE incidents_event SET text = ''", "DELETE FROM incidents_event"]
)
def test_chronology_cannot_be_changed_in_the_database(cast, verb):
    note(cast, walk.opened(cast))
    with pytest.raises(DatabaseError, match="are evidence"), transaction.atomic():
        connection.cursor().execute(verb)


def test_incident_cannot_be_deleted_in_the_database(cast):
    incident = walk.opened(cast)
    with pytest.raises(DatabaseError, match="are evidence"), transaction.atomic():
        connection.cursor().execute("DELETE FROM incidents_incident")
    assert walk.now(incident).pk == incident.pk


def link(cast, incident, to, by="dora", reason="The same chat."):
    return walk.act(actions.link_incident, incident, by=getattr(cast, by), to=to, reason=reason)


def test_link_shows_from_both_ends(cast):
    one, two = walk.opened(cast), walk.report(cast, "quin")
    link(cast, two := walk.act(actions.open_incident, two, by=cast.dora), one)
    assert [other for _, other in story(one, cast.dora).links] == [two]
    assert [other for _, other in story(two, cast.dora).links] == [one]


def test_link_to_a_hidden_incident_names_none(cast):
    seen, hidden = walk.opened(cast), walk.opened(cast, "tess", opener="hana")
    link(cast, seen, hidden, by="hana")
    assert [other for _, other in story(seen, cast.hana).links] == [hidden]
    assert [other for _, other in story(seen, cast.dora).links] == [None]
    words = " ".join(event.text for event in story(seen, cast.dora).events)
    assert hidden.reference not in words


def test_two_are_linked_once_and_not_with_themselves(cast):
    one, two = walk.opened(cast), walk.opened(cast, "quin")
    with pytest.raises(Refusal, match="Choose another incident"):
        link(cast, one, one)
    with pytest.raises(Refusal, match="Say why the two belong together"):
        link(cast, one, two, reason=" ")
    link(cast, one, two)
    with pytest.raises(Refusal, match="are linked already"):
        link(cast, two, one)
    assert IncidentLink.objects.count() == 1


def test_incident_of_another_school_is_not_linked(cast, other):
    incident = walk.opened(cast)
    with school_scope(other.school.pk):
        theirs = walk.report(other, "zara", by="oscar")
    with pytest.raises(Refusal, match="of your school"):
        link(cast, incident, theirs)


def involve(cast, incident, part="witness", by="dora", **who):
    involved = walk.Involved(part=part, **who)
    return walk.act(actions.involve_person, incident, by=getattr(cast, by), involved=involved)


def test_person_has_one_part_once_and_may_have_two(cast):
    incident = walk.opened(cast)
    involve(cast, incident, person=cast.pia)
    with pytest.raises(Refusal, match="in this part already"):
        involve(cast, incident, person=cast.pia)
    assert [row.part for row in incident.involvements.all()] == ["alleged", "witness"]


def test_person_of_another_school_is_not_involved(cast, other):
    with pytest.raises(Refusal, match="people of your own school"):
        involve(cast, walk.opened(cast), person=other.zara)
    assert Involvement.objects.count() == 1


def test_person_added_can_only_make_it_stricter(cast):
    incident = walk.opened(cast, "tess", opener="hana")
    involve(cast, incident, "alleged", by="hana", person=cast.pia)
    assert walk.now(incident).restriction == "staff"


def test_headteacher_added_hides_the_incident_from_the_headteacher(cast):
    incident = walk.opened(cast, "tess", opener="hana")
    walk.act(actions.share_incident, incident, by=cast.hana, person=cast.dora, reason="To help.")
    involve(cast, incident, "alleged", person=cast.hana)
    assert walk.now(incident).restriction == "head"
    seen = visible_to(cast.hana, powers_of(cast.hana, on=TODAY))
    assert list(seen) == []
