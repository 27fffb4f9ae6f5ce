"""What the listener says beside the cards."""

TEXTS: dict[str, str] = {
    "listening.joined": (
        "Hello, I am the community's assistant. Repairs and problems mentioned in this group are noted and passed "
        "to the grid worker; everything else is forgotten after {hours} hours. Send 不记我 if you do not want to "
        "be recorded. In an emergency call 110, 119 or 120 yourself."
    ),
    "listening.joined_unbound": (
        "Hello, I am the community's assistant. This group is not set up yet: until it is, I neither listen nor keep "
        "anything, and I will tell you when I start. In an emergency call 110, 119 or 120 yourself."
    ),
    # in private, to what became nothing
    "aside.greeting": (
        "Hello, this is the assistant of {office}. If anything is wrong at home or on the estate, just say where and "
        "what; a voice message or a photo will do. Not sure how? Send “help”{phone}."
    ),
    "aside.greeting_staff": (
        "Hello {name}. “mine” shows what you have in hand, “today” what is on today, “help” what you can do here."
    ),
    "aside.thanks": "You are welcome. If anything comes up again, just say so.",
    "aside.figure": (
        "No question is waiting for a number just now. If something is wrong, just say where and what; “mine” "
        "shows how far things have got."
    ),
    "aside.figure_staff": (
        "No question is waiting for a number just now. Which one do you mean? Give its number, for example “done "
        "128 new lamp”; “mine” shows what you have in hand."
    ),
    "aside.photo": "Your photo has arrived, but I cannot tell what is wrong. Please say where and what{phone}.",
    "aside.voice": (
        "Your voice message has arrived, but I cannot make out the words. Please write where and what, a few words "
        "will do{phone}."
    ),
    "aside.place": "Your location has arrived. Please say in a few words what is wrong{phone}.",
    "aside.unclear": (
        "I did not understand that. If something is wrong, please say where and what; “mine” shows how far things "
        "have got{phone}."
    ),
    "aside.noted": (
        "Added to {number}, where whoever handles it can see it. If it is another matter, tell them, and it will "
        "be registered separately."
    ),
    "aside.phone": ", or call {phone}",
    "listening.which": "Which one do you mean? Tap it, or answer with its number.",
    "listening.is_it": "Do you mean {what}? If so, tap it; if not, just leave it.",
    "listening.where_is_danger": (
        "Call first. Then tell me which estate, building and unit, and I will tell those on duty at once."
    ),
    "listening.where_do_you_live": (
        "Which estate do you live in? Say something in your building's group first, or send estate and building "
        "along, so that I can pass it to your grid worker."
    ),
    "listening.opinion.report": "Looked at again: a report, registered",
    "listening.opinion.nothing": "Looked at again: no report, taken back",
    "read_out.photo": "In the photo: {words}",
    "listening.verb.claim": "claim",
    "listening.verb.done": "done",
    "listening.verb.escalate": "escalate",
    "listening.verb.transfer": "transfer",
    "listening.verb.rate": "rate",
    "listening.verb.withdraw": "withdraw",
    "listening.verb.reopen": "reopen",
    "listening.verb.reject": "reject",
    "listening.verb.correct_category": "category",
}
