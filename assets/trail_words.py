"""What the verbs about equipment and devices mean on the trail."""

WORDS: dict[str, str] = {
    # the register, software and stock-takes
    # loans, upkeep, evidence and losses
    # disposals and their companies
    # people's own devices and recording
    # items taken and searches
}
