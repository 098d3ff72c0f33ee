"""Reports about the headteacher and about staff: who finds them nowhere, and who works on them."""

from tests.journeys import deeds

ABOUT_HEAD = "The headteacher sent private zebra messages to a pupil."
ABOUT_STAFF = "A colleague posted a giraffe picture of the class."
LISTS = ("", "queue/", "incidents/", "incidents/export/", "people/find?q=Hana", "trail/")


def finds_nowhere(visitor, reference, words, *more_lists):
    """Expect neither number nor words where incidents are listed, searched or taken out."""
    for page in (*LISTS, *more_lists):
        answer = visitor.page.context.request.get(f"/{visitor.school}/{page}")
        assert answer.status in {200, 403}, page
        assert reference not in answer.text(), page
        assert words not in answer.text(), page
    for asked in (reference, words):
        visitor.opens(f"incidents/?q={asked}").sees("Nothing fits")
    for page in ("", "print/", "note/", "decide/", "files/attach/"):
        answer = visitor.page.context.request.get(f"/{visitor.school}/incidents/{reference}/{page}")
        assert answer.status in {403, 404}, page
        assert "There is nothing at this address" in answer.text() or answer.status == 403, page
    visitor.opens(f"incidents/{reference}/", status=404).sees("There is nothing at this address")


def test_report_about_the_head_goes_to_the_chair(given_signed_in):
    """INC-09: the headteacher finds it nowhere; the chair works on it."""
    # Given an ordinary incident with Pia, and a report about the headteacher in which she was hurt
    tess = given_signed_in("tess", phone=True)
    ordinary = deeds.reports(tess, "Pia shared her password.")
    reference = deeds.reports(
        tess,
        ABOUT_HEAD,
        about="Something the headteacher did",
        part="Harmed or targeted",
    )

    # When the headteacher looks everywhere
    hana = given_signed_in("hana")
    hana.opens(f"incidents/{ordinary}/").follows("Pia Pease").sees(ordinary)
    hana.does_not_see(reference)
    chronology = hana.page.url.split(f"/{hana.school}/")[1]

    # Then she finds it nowhere, and cannot link it either
    finds_nowhere(hana, reference, ABOUT_HEAD, chronology)
    hana.opens(f"incidents/{ordinary}/link/")
    hana.fills("Reference of the other incident", reference).fills("Why do they belong", "Same.")
    hana.presses("Link another incident").is_refused("No incident with this reference was found.")

    # Nor does the safeguarding lead; the chair finds it among what needs her now
    finds_nowhere(given_signed_in("dora"), reference, ABOUT_HEAD)
    cara = given_signed_in("cara")
    cara.opens("").follows("Open and take on", beside=reference)
    cara.presses("Open and take on")
    cara.sees("zebra", "About the headteacher", "Hana Headley", "Each reading is recorded.")
    cara.opens("incidents/?q=zebra").sees(reference)


def test_report_about_staff_stays_with_the_headteacher(given_signed_in):
    """INC-08, ROL-31: neither the lead nor the subject finds it; the headteacher does."""
    tom = given_signed_in("tom")
    reference = deeds.reports(
        tom,
        ABOUT_STAFF,
        about="Something a member of staff",
        who="Tess Thorn",
    )

    finds_nowhere(given_signed_in("dora"), reference, ABOUT_STAFF)
    finds_nowhere(given_signed_in("tess"), reference, ABOUT_STAFF)
    hana = given_signed_in("hana")
    hana.opens("queue/").sees(reference)
    hana.opens(f"incidents/{reference}/").sees("giraffe", "Tess Thorn", "About a member of staff")


def test_another_school_finds_nothing(given_signed_in):
    """Another school's page is not found, under its own address or under ours."""
    reference = deeds.reports(given_signed_in("tom"), "Pia lost a walrus badge in a game.")

    oscar = given_signed_in("oscar")

    oscar.opens(f"/oak-hill/incidents/{reference}/", status=404)
    oscar.opens("/oak-hill/", status=404)
    oscar.opens("incidents/?q=walrus").does_not_see(reference)
