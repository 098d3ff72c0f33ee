"""The trail can be walked both ways: from a policy to what was signed again, and back (leap 1)."""

from agreements.actions.texts import revise_agreement
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW


def test_a_version_of_the_policy_shows_the_agreements_that_followed(cast, ladder, today):
    """AGR-07: policy clause to re-signing, and back up; only for those who may see agreements."""
    (version,) = asked(cast, "staff", at=NOW)
    draft = revise_agreement(
        version=version,
        change="material",
        note="The ladder changed",
        because_of=ladder,
        by=cast.dora,
        at=NOW,
    )
    page = cast.client("hana").get(cast.url(f"policy/versions/{ladder.number}/"))
    address = cast.url(f"agreements/staff/{draft.number}/")
    assert page.status_code == 200
    assert f'href="{address}"' in page.content.decode()
    back = cast.client("hana").get(address).content.decode()
    assert cast.url(f"policy/versions/{ladder.number}/") in back
    teacher = cast.client("tom").get(cast.url(f"policy/versions/{ladder.number}/"))
    assert address not in teacher.content.decode()


def test_a_parent_sees_whether_the_child_has_signed(cast, today):
    """AGR-14."""
    asked(cast, "parent", "pupil_ks2", at=NOW)
    path = cast.url(f"my/agreements/{obligation_of(cast.paul, 'parent', cast.pia).pk}/")
    words = "Has signed their own agreement."
    assert cast.client("paul").get(path).content.decode().count(words) == 0
    signed(obligation_of(cast.pia, "pupil-ks2"), at=NOW)
    assert cast.client("paul").get(path).content.decode().count(words) == 1


def test_a_persons_page_leads_to_what_they_signed_and_allow(cast, today):
    """AGR-09: found from the person's own record."""
    page = cast.client("hana").get(cast.url(f"people/{cast.pia.pk}/")).content.decode()
    assert "signing/?q=Pia+Pease" in page
    assert cast.url(f"consents/{cast.pia.pk}/") in page
