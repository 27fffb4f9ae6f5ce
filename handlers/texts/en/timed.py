"""Reminders when something is due; in private, never in a group."""

TEXTS: dict[str, str] = {
    "timed.nobody": "nobody yet",
    "timed.first_reply.warning": (
        "{name}, {number} {summary}: a first word is promised by {due} and nobody has taken it. "
        "Press claim if you can, or transfer if it is not yours."
    ),
    "timed.first_reply.overdue": (
        "{name}, {number} {summary}: a word was promised by {due} and there was none ({who}). "
        "Please give them one first."
    ),
    "timed.solve.step_due": (
        "{name}, {number} {summary}: somebody should have been on site or made it safe by {due}, and there is no news. "
        "If there is, answer note with a line."
    ),
    "timed.solve.solve_warning": (
        "{name}, {number} {summary} is due {due} and there is no news. If it is done, answer done with how; if it "
        "cannot be, answer escalate with the reason before then, and it does not count as late."
    ),
    "timed.solve.solve_due": (
        "{name}, {number} {summary} was due {due}. If it is done, answer done with how; if it cannot be, answer "
        "escalate with the reason."
    ),
    "timed.solve.overdue": (
        "{name}, {number} {summary} was due {due} and is not done ({who}). Please ask what it waits for."
    ),
    "timed.upper": (
        "{name}, {number} {summary} went to {to} ({at}); two duty hours have passed and nobody has taken it. Please "
        "ask "
        "them, or name somebody else."
    ),
    "timed.held.head": "Good morning, {name}. What there was no room for yesterday:",
    "timed.held.also": "What there was no room for before:",
    "timed.held.first": "{number} {summary}: to be answered by {due}",
    "timed.held.first_late": "{number} {summary}: an answer was promised by {due}, nobody has answered",
    "timed.held.solve": "{number} {summary}: due {due}",
    "timed.held.solve_late": "{number} {summary}: was due {due}, not solved yet",
    "timed.held.upper": "{number} {summary}: passed on, nobody has taken it",
    "timed.callback": (
        "{name}, please call {reporter} and ask how it is: {place}, {summary} ({number}) {phone}\n"
        "What was done: {result}\nThen press one, or send “callback {number} 1” with their words."
    ),
    "timed.callback.emergency": (
        "{name}, please call {reporter} about yesterday's emergency and ask how they are: {place}, {summary} "
        "({number}) "
        "{phone}\nWhat was done: {result}\nThen press one, or send “callback {number} 1” with their words."
    ),
    "timed.ladder.call": (
        "URGENT {number} {place}\n{summary}\nSaid {at}, and nobody has taken it. If you can go, press claim now. "
        "Where 110, 119 or 120 is needed, call first."
    ),
    "timed.ladder.ring": (
        "Emergency {number}, {category}, {place}: nobody has taken it. Please look at the messages on your phone and "
        "take it."
    ),
    "timed.ladder.news": (
        "{name}, {number} {summary}: how is it now? Answer note with a line; when everybody is safe, done with a line."
    ),
    "timed.rating.reminder": (
        "{name}, {matter} is done ({number}): {result} How is it?\n"
        "Answer 1 good, 2 fair, 3 not yet solved\nNo need to answer; we will not ask again."
    ),
}
