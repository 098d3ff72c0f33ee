"""What the verbs about reports and reviews mean on the trail."""

WORDS: dict[str, str] = {}
