"""Addresses are read as a browser reads them, refused in words, and compared by what they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import Refusal
from filtering.asking.addresses import MOST, is_social, read_address, read_addresses, relation

READ = {
    "example.com": "example.com",
    "https://www.example.com:8080/path?x": "www.example.com:8080/path?x",
    "HTTP://Example.COM:80/": "example.com",
    "http://example.com:443/": "example.com",
    "https://example.com./#top": "example.com",
    "*.example.com": "*.example.com",
    "*.example.com/games/*": "*.example.com/games",
    "bücher.example": "xn--bcher-kva.example",
    "example.com/a/../b/./%7euser%2f/": "example.com/b/~user%2F",
    "example.com/straße": "example.com/stra%C3%9Fe",
    "https://example.com\\a": "example.com/a",
    "youtube.com/watch?v=a%41": "youtube.com/watch?v=aA",
    "0x08080808/x": "8.8.8.8/x",
    "[2606:4700:4700::1111]:8080/a": "[2606:4700:4700::1111]:8080/a",
}
REFUSED = {
    "": "Type a web address, such as example.com.",
    "two words.com": "“two words.com” holds a space. Type one address on each line.",
    "javascript:alert(1)": (
        "“javascript:alert(1)” is not the address of a website. It begins with http or https."
    ),
    "chrome://settings": (
        "“chrome://settings” is not the address of a website. It begins with http or https."
    ),
    "*.co.uk": (
        "“*.co.uk” would mean every site under “co.uk”. Name one site, such as example.co.uk."
    ),
    "intranet": "“intranet” is not the full name of a website.",
    "10.0.0.0/8": "“10.0.0.0/8” is a range of numbers. Name one address at a time.",
    "8.8.8.0-8.8.8.9": "“8.8.8.0-8.8.8.9” is a range of numbers. Name one address at a time.",
    "127.1": "“127.1” lies inside a network. The filter only sees the internet.",
    "*.8.8.8.8": "“*.8.8.8.8” is not a web address. A number has nothing below it.",
    "me:secret@example.com": (
        "“me:secret@example.com” holds a name or a password. Leave out what stands before the @."
    ),
    "a*.example.com": (
        "“a*.example.com” names no website. A star may stand in front of a name, as in "
        "*.example.com, or at the end of a path."
    ),
    "example.com/*/x": (
        "“example.com/*/x” has a star inside. A star may only end a path, after a slash."
    ),
    "example.com:99999": "“example.com:99999” is not a web address. Write it as in example.com.",
    "e" * 501: f"“{'e' * 60}…” is too long. Use at most 500 characters.",
}
RELATIONS = {
    ("example.com", "example.com"): "same",
    ("example.com", "example.com:8080"): "covers",
    ("*.example.com", "example.com"): "covers",
    ("*.example.com", "a.b.example.com/x"): "covers",
    ("*.example.com", "notexample.com"): "",
    ("example.com", "www.example.com"): "",
    ("example.com/games", "example.com/gamesx"): "",
    ("example.com/games/chess", "example.com/games"): "covered",
    ("example.com/w", "example.com/w?a"): "covers",
    ("example.com/w?a", "example.com/w?b"): "",
}
label = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
targets = st.builds(
    lambda wide, names, port, path: (
        f"{wide}{'.'.join(names)}.com{port}{''.join(f'/{one}' for one in path)}"
    ),
    st.sampled_from(["", "*."]),
    st.lists(label, min_size=1, max_size=2),
    st.sampled_from(["", ":8080"]),
    st.lists(label, max_size=2),
)


@pytest.mark.parametrize(("typed", "target"), READ.items())
def test_address_is_read_as_a_browser_reads_it(typed, target):
    assert read_address(typed).target == target
    assert read_address(target).target == target


@pytest.mark.parametrize(("typed", "why"), REFUSED.items())
def test_address_nobody_can_filter_is_refused_in_words(typed, why):
    with pytest.raises(Refusal) as refused:
        read_address(typed)
    assert str(refused.value) == why


def test_site_and_name_in_other_letters_are_known():
    one = read_address("https://shop.bücher.co.uk/a")

    assert one.domain == "xn--bcher-kva.co.uk"
    assert one.shown == "shop.bücher.co.uk/a (shop.xn--bcher-kva.co.uk)"
    assert is_social(read_address("https://m.facebook.com/group").domain)


def test_lines_are_read_once_each_up_to_a_limit():
    found = read_addresses("example.com\n\n  https://example.com/ \nexample.net")
    assert [one.target for one in found] == ["example.com", "example.net"]
    with pytest.raises(Refusal, match=r"Ask for at most 30 addresses at once\."):
        read_addresses("\n".join(f"page{number}.example" for number in range(MOST + 1)))


@pytest.mark.parametrize(("pair", "how"), RELATIONS.items())
def test_targets_are_compared_by_what_they_mean(pair, how):
    assert relation(*pair) == how


@settings(max_examples=40, deadline=None)
@given(targets)
def test_reading_again_changes_nothing(typed):
    once = read_address(typed)
    again = read_address(once.target)
    assert (again.target, again.domain) == (once.target, once.domain)


@settings(max_examples=80, deadline=None)
@given(targets, targets, targets)
def test_covering_is_an_order(one, two, three):
    opposite = {"same": "same", "covers": "covered", "covered": "covers", "": ""}
    assert relation(two, one) == opposite[relation(one, two)]
    if relation(one, two) == relation(two, three) == "covers":
        assert relation(one, three) == "covers"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_anything_typed_is_read_or_refused_in_words(typed):
    try:
        found = read_address(typed)
    except Refusal:
        return
    assert read_address(found.target).target == found.target
