"""The page that confirms or denies a seal, asked anything by anybody."""

from urllib.parse import quote

import pytest

from tests.agreements.test_pages_signing import anybody
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW


@pytest.mark.parametrize("seal", ["0" * 64, "f" * 63, "a" * 3000, "'--", "☃", "\0", "..%2f"])
def test_anything_may_be_asked_of_the_verify_page(cast, seal):
    """Random seals and rubbish are denied in words; nothing breaks."""
    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    client = anybody()
    page = client.get(cast.url(f"verify/{quote(seal, safe='')}/"))
    assert page.status_code == 404
    for typed in (seal, f"{seal}/{seal}"):
        asks = client.get(cast.url("verify/"), {"seal": typed}, follow=True)
        assert asks.status_code in {200, 404}
        assert "This is a true signature" not in asks.content.decode()


def test_a_seal_is_found_however_it_was_copied(cast):
    """With spaces or capitals."""
    asked(cast, "staff", at=NOW)
    seal = signed(obligation_of(cast.tom, "staff"), at=NOW).seal
    for typed in (seal.upper(), f" {seal[:32]}  {seal[32:]} "):
        page = anybody().get(cast.url("verify/"), {"seal": typed}, follow=True)
        assert "This is a true signature" in page.content.decode()
