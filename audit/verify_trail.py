#!/usr/bin/env python3
"""Check an exported trail without trusting the server that wrote it.

Usage: python verify_trail.py TRAIL.jsonl [NOTED_HASH ...]

Needs nothing but Python. Detects any changed, missing, inserted or reordered row. Whoever could
rewrite the whole file could also compute new hashes, so give the last hashes you noted from earlier
exports: each must still stand in the trail, which shows that nothing before it has changed since.

Rows about matters that the exporting person may not see are sealed: they carry their hash but not
their words. The rows around them prove that they stand where they stood.

Exit status 0 when the trail is whole, 1 when it is not, 2 when it cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

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
ROW = (*FIELDS, "hash")
SEALED = ("school_id", "sequence", "previous_hash", "hash")
HEAD = ("trail", "school_id", "rows", "sealed", "last_hash")
FORMAT = "safeguard-1"
START = "0" * 64
SHOWN = 20


def hash_of(row: dict[str, str]) -> str:
    """Return the hash the row must carry: each field as byte length, colon, text."""
    digest = hashlib.sha256()
    for name in FIELDS:
        text = row[name].encode()
        digest.update(b"%d:%s" % (len(text), text))
    return digest.hexdigest()


def line_of(row: dict[str, str]) -> bytes:
    """Return the one way in which a row, or the head, is written in an export."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Chain:
    """One school's chain, taken in row by row; ``faults`` says in words what is wrong with it."""

    def __init__(self, noted: Iterable[str] = ()) -> None:
        self.faults: list[str] = []
        self.rows = 0
        self.sealed = 0
        self.last_hash = START
        self.school = ""
        self._number = 0
        self._unseen = set(noted)

    def add(self, row: dict[str, str]) -> None:
        """Take in the next row and note what does not fit."""
        where = f"row {row['sequence']}"
        self.rows += 1
        self._number += 1
        self.school = self.school or row["school_id"]
        if row["school_id"] != self.school:
            self.faults.append(f"{where} belongs to another school's chain")
        if row["sequence"] != str(self._number):
            self.faults.append(f"{where} stands where row {self._number} is expected")
            self._number = int(row["sequence"])
        if row["previous_hash"] != self.last_hash:
            self.faults.append(f"{where} does not follow from the row before it")
        if "verb" not in row:
            self.sealed += 1
        elif row["hash"] != hash_of(row):
            self.faults.append(f"{where} was changed after it was written")
        self.last_hash = row["hash"]
        self._unseen.discard(row["hash"])

    def close(self, head: dict[str, str] | None = None) -> list[str]:
        """Return what is wrong once the last row is in; ``head`` is the first line of an export."""
        if head:
            told = (head["school_id"], head["rows"], head["sealed"], head["last_hash"])
            if told != (self.school, str(self.rows), str(self.sealed), self.last_hash):
                self.faults.append("the rows are not those that the first line tells of")
        self.faults += [f"the noted hash {noted} stands nowhere" for noted in sorted(self._unseen)]
        return self.faults


def faults(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return what is wrong with one school's chain, in words; an empty list when it is whole."""
    chain = Chain()
    for row in rows:
        chain.add(row)
    return chain.close()


def read_lines(path: str) -> Iterator[dict[str, str]]:
    """Yield the head and the rows of an export; refuses a line not written as an export writes."""
    with Path(path).open("rb") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line.decode())
            shapes = (ROW, SEALED) if number else (HEAD,)
            if not isinstance(row, dict) or tuple(row) not in shapes:
                raise ValueError(f"line {number + 1} does not have the fields of an export")
            if not all(isinstance(text, str) for text in row.values()) or line_of(row) != line:
                raise ValueError(f"line {number + 1} is not written as an export writes it")
            yield row


def check(path: str, noted: Iterable[str]) -> Chain:
    """Return the chain of an export with its faults; refuses what is no export of a trail."""
    lines = read_lines(path)
    head = next(lines, None)
    if head is None or head["trail"] != FORMAT:
        raise ValueError("it does not begin as an export of a trail does")
    chain = Chain(noted)
    for row in lines:
        chain.add(row)
    chain.close(head)
    return chain


def main(arguments: list[str]) -> int:
    """Check the file named first against the hashes named after it; print the verdict."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        chain = check(arguments[0], arguments[1:])
    except (OSError, ValueError, RecursionError) as error:
        print(f"This trail cannot be read: {error}")
        return 2
    for fault in chain.faults[:SHOWN]:
        print(f"NOT WHOLE: {fault}")
    if len(chain.faults) > SHOWN:
        print(f"NOT WHOLE: and {len(chain.faults) - SHOWN} more")
    if not chain.faults:
        sealed = f" ({chain.sealed} sealed)" if chain.sealed else ""
        print(f"Whole: {chain.rows} rows{sealed}. Last hash {chain.last_hash}")
    return 1 if chain.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
