#!/usr/bin/env python3
"""Check an exported trail without trusting the server that wrote it.

Usage: python verify_trail.py TRAIL.jsonl [EXPECTED_LAST_HASH]

Needs nothing but Python. Detects any changed, missing, inserted or reordered row. A trail cut off
at its end can only be seen with the last hash noted earlier (it is printed on every export and
digest), so give it as the second argument when you have it. Exit status 0 when the trail is whole,
1 when it is not, 2 when it cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Iterable

FIELDS = (
    "school_id",
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_type",
    "subject_id",
    "subject_label",
    "facts",
    "request_id",
    "ip",
    "previous_hash",
)
START = "0" * 64


def hash_of(row: dict[str, str]) -> str:
    """Return the hash the row must carry: each field as byte length, colon, text."""
    digest = hashlib.sha256()
    for name in FIELDS:
        text = row[name].encode()
        digest.update(b"%d:%s" % (len(text), text))
    return digest.hexdigest()


def faults(rows: Iterable[dict[str, str]], expected_last: str = "") -> list[str]:
    """Return what is wrong with one school's chain, in words; an empty list when it is whole."""
    found: list[str] = []
    previous, number, school = START, 0, None
    for row in rows:
        number += 1
        school = school or row["school_id"]
        where = f"row {row['sequence']}"
        if row["school_id"] != school:
            found.append(f"{where} belongs to another school's chain")
        if row["sequence"] != str(number):
            found.append(f"{where} stands where row {number} is expected: missing or moved rows")
            number = int(row["sequence"])
        if row["previous_hash"] != previous:
            found.append(f"{where} does not follow from the row before it")
        if row["hash"] != hash_of(row):
            found.append(f"{where} was changed after it was written")
        previous = row["hash"]
    if expected_last and previous != expected_last:
        found.append("the last row is not the one expected: rows were cut off or added at the end")
    return found


def read_rows(path: str) -> Iterable[dict[str, str]]:
    """Yield the rows of an export; refuses a line that is not a whole row of text fields."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if set(row) != {*FIELDS, "hash"} or not all(isinstance(v, str) for v in row.values()):
                raise ValueError("a row lacks a field or holds one that is not text")
            yield row


def main(arguments: list[str]) -> int:
    """Check the file named first; print the verdict."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    last = {"hash": "", "count": 0}

    def counted() -> Iterable[dict[str, str]]:
        for row in read_rows(arguments[0]):
            last.update(hash=row["hash"], count=last["count"] + 1)
            yield row

    try:
        found = faults(counted(), arguments[1] if len(arguments) == 2 else "")
    except (OSError, ValueError, KeyError) as error:
        print(f"This trail cannot be read: {error}")
        return 2
    for fault in found:
        print(f"NOT WHOLE: {fault}")
    if not found:
        print(f"Whole: {last['count']} rows. Last hash {last['hash']}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
