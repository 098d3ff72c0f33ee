"""What the verbs about filtering mean on the trail."""

WORDS: dict[str, str] = {}
