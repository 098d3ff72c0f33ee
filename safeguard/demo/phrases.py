"""Ways to say what is said again and again, so that no two incidents read alike."""

TIES = "Pupils of this school are involved, and it is carried on between them in school."

SOURCES = (
    "Shown to me by the pupil on their own phone; I took a picture of the screen.",
    "Handed in by the parents on paper.",
    "Made on the classroom computer in front of the pupil.",
    "Sent to the office by the person who noticed it.",
)
MAY_CONTINUE = (
    (
        "The officer rang: school may continue with its own steps, and speaks to nobody about the "
        "police's part."
    ),
    "Told by phone this morning that school may carry on. They keep the device for now.",
    "Their duty desk confirmed that they need nothing further and school may continue.",
)
CONFIRMATIONS = (
    "Agreed. Please tell the family before the end of the day.",
    "Confirmed. This fits what we did in similar cases.",
    "I agree. Look at it with me again when the time is over.",
    "Confirmed after reading both accounts.",
)
DEPARTURES = (
    "The pupil owned up at once. A talk helps more than anything heavier.",
    "Given the age and that it is the first time, this is enough.",
    "The family acts firmly at home, so school's part stays small.",
    "This is what has worked in this class before.",
    "It made no real harm, and the pupil has put it right already.",
)
ONLY_SAW = (
    "Only saw it and came to tell us. Thanked in school; the parents need not be rung.",
    "Was a bystander with no part in it. The class teacher has had a word with the child.",
    "Told us what was on the screen and nothing more; no reason to worry the family.",
)
PARENTS_SAID = (
    "Grateful to be told so soon. They will talk about it tonight.",
    "Surprised. They will look at the phone together this evening.",
    "They had noticed something at home and are glad that school acts.",
    "They understand the decision and asked how to set the parental controls.",
    "Calm talk. They will keep devices downstairs at night from now on.",
    "They asked whether other families were told, and accepted that we cannot say.",
    "A little cross at first, then helpful. They come in next week.",
    "They back school and will ask the child to write an apology.",
)
DONE = (
    "Done today.",
    "Finished; nothing more to do here.",
    "Seen to, and the class teacher knows.",
    "Done and checked with a colleague.",
)
NOT_NEEDED = (
    "Nothing unsuitable was reached on school equipment.",
    "The sender took it down, so nobody outside had to be asked.",
    "The filter blocks it already.",
)
FEEDBACK = (
    (
        "Thank you for telling us so quickly. We have spoken with everybody concerned and the "
        "families know. Please tell us if you see anything more."
    ),
    "You were right to pass this on. It has been dealt with, and we shall keep an eye on it.",
    (
        "Thank you. We looked into it with care and have taken steps. We cannot say more about "
        "others, but you need do nothing further."
    ),
    "What you wrote helped us to act the same day. The matter is settled for now.",
    "Thank you for noticing. We have put help in place, and the class will talk about it.",
)
FOLLOW_UPS = (
    "The class teacher looks in every week until half-term and tells the lead what they see.",
    "A short talk with the pupil after two weeks, and another at the end of term.",
    "The pastoral worker meets the pupil each Monday for four weeks.",
    "The lead asks the family in a fortnight how things are at home.",
    "Nothing beyond the usual watchfulness of the class team.",
)
ACTIONS = (
    (
        "Spoke with each pupil alone, then with the families. Looked at what was on the screen "
        "together with a colleague."
    ),
    "Heard both sides on the same day, told the parents and settled what follows.",
    "Talked to the pupils, looked at the computers with the technician and told the families.",
    "Kept what was written, heard everybody and carried out what was decided.",
)
OUTCOMES = (
    "Settled. The pupils get on again and nothing more was seen.",
    "The pupil understands what went wrong and has made it good.",
    "No repetition since. The family and school agree on what is allowed at home.",
    "The child who was hurt feels safe in class again.",
)
OUTCOMES_OF_ADULTS = (
    "Talked through and put on file. It has not happened again.",
    "Settled with a clear rule for the future.",
)
