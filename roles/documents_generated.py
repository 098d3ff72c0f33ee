"""The matrix on paper: docs/permissions.md is written from the code (house rules, part 4)."""

from collections.abc import Iterable

from roles.catalogue import BY_CODE, CATALOGUE, CATEGORIES, SEPARATIONS
from roles.matrix import FAMILY_POWERS, GRANTS, KEEPING_POWERS
from roles.powers import all_powers, powers_by_app
from roles.sheet import REASONS

_HEAD = """# Who may do what

Written from `roles/matrix.py` and each app's `permissions.py`: run `make manage ARGS=docs`, do not
edit. What is not granted here is refused. A school may depart from a cell on its own pages, with a
reason and with history; the page “Who may do what” shows the rules in force there.

Above the matrix stand these rules: nobody sees, handles or decides a case about themselves, nobody
approves their own request, and nobody gives a role to themselves or more rights to a role they hold
(role-matrix.md b.3, ROL-30, ROL-31).
"""


def _names(codes: Iterable[str]) -> str:
    held = set(codes)
    signing = [seed for seed in CATALOGUE if seed.signs_in]
    lacking = [seed.label for seed in signing if seed.code not in held]
    if not lacking:
        return "Everybody who signs in"
    if len(lacking) <= 8:
        return f"Everybody who signs in except: {', '.join(lacking)}"
    return ", ".join(seed.label for seed in signing if seed.code in held)


def permissions() -> str:
    """Return the matrix as a Markdown document, one table for each app."""
    lines = [_HEAD]
    for title, powers in powers_by_app():
        lines += [f"## {title}\n", "| What | Power | Who may | Because of |", "|---|---|---|---|"]
        lines += [
            f"| {sentence} | `{power}` | {_names(GRANTS.get(power, ()))} | {REASONS[power]} |"
            for power, sentence in powers.items()
        ]
        lines.append("")
    lines += ["## Limits on what a school may change\n"]
    lines.append(f"- Pupils and parents can be given only: {_sentences(FAMILY_POWERS)}.")
    lines.append(f"- Some role always keeps: {_sentences(KEEPING_POWERS)}.")
    lines += ["", "## Roles\n", "| Role | Code | Kind | Signs in | Every school has it |"]
    lines.append("|---|---|---|---|---|")
    kinds = dict(CATEGORIES)
    lines += [
        f"| {seed.label} | `{seed.code}` | {kinds[seed.category]} | {_yes(seed.signs_in)} | "
        f"{_yes(seed.mandatory)} |"
        for seed in CATALOGUE
    ]
    lines += ["", "## Roles that check one another\n"]
    lines.append("One person in all roles of a line is shown to the governors as such.\n")
    for separation in SEPARATIONS:
        labels = " and ".join(BY_CODE[code].label for code in separation.codes)
        lines.append(f"- {labels}: {separation.why}")
    return "\n".join(lines) + "\n"


def _sentences(powers: Iterable[str]) -> str:
    texts = sorted(all_powers()[power] for power in powers)
    return "; ".join(text[0].lower() + text[1:] for text in texts)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


DOCUMENTS = {"docs/permissions.md": permissions}
