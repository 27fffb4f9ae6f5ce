"""What the listener says beside the cards."""

TEXTS: dict[str, str] = {
    "listening.joined": (
        "Hello, I am the community's assistant. Repairs and troubles told in this group are noted and passed to the "
        "grid worker; what was not noted is forgotten after {hours} hours. Send 不记我 if you do not want to be "
        "recorded. In an emergency call 110, 119 or 120 yourself."
    ),
    "listening.which": "Which one do you mean? Tap it, or answer with its number.",
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
