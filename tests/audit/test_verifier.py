"""The stand-alone verifier: no change to an export goes unseen, and it needs nothing but Python."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import verify_trail
from audit.verify_trail import FIELDS, FORMAT, SEALED, START, hash_of, line_of, main

WORDS = st.text(max_size=12)


def export_of(contents: list[dict[str, str]], sealed: frozenset[int] = frozenset()) -> list[bytes]:
    """Write an export as the server does, from the free fields of each row."""
    rows, previous = [], START
    for number, content in enumerate(contents, start=1):
        row = {"school_id": "7", "sequence": str(number), **content, "previous_hash": previous}
        row = {name: row[name] for name in FIELDS}
        previous = row["hash"] = hash_of(row)
        rows.append({name: row[name] for name in SEALED} if number in sealed else row)
    head = {
        "trail": FORMAT,
        "school_id": "7",
        "rows": str(len(rows)),
        "sealed": str(len(sealed)),
        "last_hash": previous,
    }
    return [line_of(head), *(line_of(row) for row in rows)]


@st.composite
def exports(draw, fewest: int = 1) -> list[bytes]:
    """Draw an export of a few rows with any words in them."""
    free = [name for name in FIELDS if name not in SEALED]
    count = draw(st.integers(min_value=fewest, max_value=6))
    contents = [{name: draw(WORDS) for name in free} for _ in range(count)]
    sealed = draw(st.frozensets(st.integers(min_value=1, max_value=count), max_size=1))
    return export_of(contents, sealed)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory):
    """Return the exit status for the lines of an export."""
    path = tmp_path_factory.mktemp("trail") / "trail.jsonl"

    def check(lines: list[bytes], *noted: str) -> int:
        path.write_bytes(b"".join(lines))
        return main([str(path), *noted])

    return check


@given(lines=exports())
def test_whole_export_is_called_whole(verdict, lines):
    assert verdict(lines) == 0


@settings(max_examples=400)
@given(data=st.data(), lines=exports())
def test_any_changed_byte_is_found(verdict, data, lines):
    whole = bytearray(b"".join(lines))
    place = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    byte = data.draw(st.integers(min_value=0, max_value=255).filter(lambda b: b != whole[place]))
    whole[place] = byte

    assert verdict([bytes(whole)]) in {1, 2}


@given(data=st.data(), lines=exports())
def test_any_removed_or_added_byte_is_found(verdict, data, lines):
    whole = b"".join(lines)
    place = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    added = data.draw(st.binary(min_size=1, max_size=3))

    assert verdict([whole[:place], whole[place + 1 :]]) in {1, 2}
    assert verdict([whole[:place], added, whole[place:]]) in {1, 2}


@given(data=st.data(), lines=exports())
def test_any_removed_row_is_found(verdict, data, lines):
    gone = data.draw(st.integers(min_value=0, max_value=len(lines) - 1))

    assert verdict(lines[:gone] + lines[gone + 1 :]) in {1, 2}


@given(data=st.data(), lines=exports(), other=exports())
def test_any_inserted_row_is_found(verdict, data, lines, other):
    place = data.draw(st.integers(min_value=1, max_value=len(lines)))
    row = data.draw(st.sampled_from([*lines[1:], *other[1:]]))

    assert verdict([*lines[:place], row, *lines[place:]]) in {1, 2}


@given(data=st.data(), lines=exports(fewest=2))
def test_any_two_swapped_rows_are_found(verdict, data, lines):
    numbers = st.integers(min_value=0, max_value=len(lines) - 1)
    first, second = data.draw(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]))
    swapped = list(lines)
    swapped[first], swapped[second] = swapped[second], swapped[first]

    assert verdict(swapped) in {1, 2}


@given(data=st.data(), lines=exports())
def test_row_whose_words_were_taken_out_is_found(verdict, data, lines):
    place = data.draw(st.integers(min_value=1, max_value=len(lines) - 1))
    row = json.loads(lines[place])
    hidden = line_of({name: row[name] for name in SEALED})

    changed = [*lines[:place], hidden, *lines[place + 1 :]]
    assert verdict(changed) == (0 if hidden == lines[place] else 1)


@given(lines=exports(fewest=2))
def test_hash_noted_earlier_must_still_stand_in_the_trail(verdict, lines):
    earlier = json.loads(lines[1])["hash"]

    assert verdict(lines, earlier) == 0
    assert verdict(lines, earlier, "0" * 63 + "1") == 1


def test_file_rewritten_whole_is_found_by_the_noted_hash(verdict):
    free = {name: "" for name in FIELDS if name not in SEALED}
    before = export_of([{**free, "verb": "tell_truth"}])
    after = export_of([{**free, "verb": "tell_lies"}])
    noted = json.loads(before[1])["hash"]

    assert (verdict(after), verdict(before, noted), verdict(after, noted)) == (0, 0, 1)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}\n", b"[" * 100_000, b"\xff\xfe", b'{"trail":"other-1"}\n', b"null\n"],
)
def test_file_that_is_no_trail_cannot_be_read(verdict, content, capsys):
    assert verdict([content]) == 2
    assert capsys.readouterr().out.startswith("This trail cannot be read: ")


def test_missing_file_cannot_be_read(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "cannot be read" in capsys.readouterr().out


def test_verdict_names_the_rows(verdict, capsys):
    free = {name: "x" for name in FIELDS if name not in SEALED}
    lines = export_of([free] * 3, frozenset({2}))
    assert verdict(lines) == 0
    last = json.loads(lines[-1])["hash"]
    assert capsys.readouterr().out == f"Whole: 3 rows (1 sealed). Last hash {last}\n"

    lines[3] = lines[3].replace(b'"verb":"x"', b'"verb":"y"')
    assert verdict(lines) == 1
    assert capsys.readouterr().out == "NOT WHOLE: row 3 was changed after it was written\n"


def test_verifier_runs_alone_in_an_isolated_python(tmp_path):
    program = tmp_path / "verify_trail.py"
    program.write_bytes(Path(verify_trail.__file__).read_bytes())
    free = {name: "ü" for name in FIELDS if name not in SEALED}
    export = tmp_path / "trail.jsonl"
    export.write_bytes(b"".join(export_of([free] * 2)))

    def run(*arguments: str):
        command = [sys.executable, "-I", "-W", "error", str(program), *arguments]
        return subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, text=True)

    good, usage = run(str(export)), run()
    assert (good.returncode, good.stdout[:14], good.stderr) == (0, "Whole: 2 rows.", "")
    assert (usage.returncode, "Usage: python verify_trail.py" in usage.stdout) == (2, True)
