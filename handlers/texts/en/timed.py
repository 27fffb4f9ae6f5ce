"""Reminders when something is due; in private, never in a group."""

TEXTS: dict[str, str] = {
    # a length of time, as settings write it
    "span.minute": "{amount} minute",
    "span.minutes": "{amount} minutes",
    "span.hour": "{amount} hour",
    "span.hours": "{amount} hours",
    "span.duty_hour": "{amount} duty hour",
    "span.duty_hours": "{amount} duty hours",
    "span.working_day": "{amount} working day",
    "span.working_days": "{amount} working days",
    "span.same_day": "the rest of that day",
    "timed.nobody": "nobody yet",
    "timed.first_reply.warning": (
        "{name}, {number} {summary}: an answer is promised by {due} and nobody has taken it. Press “Take it” if "
        "you can, or “Hand over” if it is not yours."
    ),
    "timed.first_reply.overdue": (
        "{name}, {number} {summary}: an answer was promised by {due} and there has been none ({who}). Please see "
        "that they get a first word."
    ),
    "timed.solve.step_due": (
        "{name}, {number} {summary}: somebody should have been on site or made it safe by {due}, and there is no "
        "news. If you have some, send “note {number}” and a line."
    ),
    "timed.solve.solve_warning": (
        "{name}, {number} {summary} is due {due} and there is no news. If it is done, send “done {number}” and "
        "how; if it cannot be, send “escalate {number}” and the reason before then, and it does not count as late."
    ),
    "timed.solve.solve_due": (
        "{name}, {number} {summary} was due {due}. If it is done, send “done {number}” and how; if it cannot be, "
        "send “escalate {number}” and the reason."
    ),
    "timed.solve.overdue": (
        "{name}, {number} {summary} was due {due} and is not done ({who}). Please find out what is holding it up."
    ),
    "timed.upper": (
        "{name}, {number} {summary} went to {to} ({at}); it has been {within}, and nobody has taken it. "
        "Please ask them, or name somebody else."
    ),
    "timed.held.head": "Good morning, {name}. Reminders held over from yesterday:",
    "timed.held.also": "Reminders held over from before:",
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
        "URGENT {number} {place}\n{summary}\nSaid {at}, and nobody has taken it. If you can go, press “Take it” "
        "now. Where 110, 119 or 120 is needed, call first."
    ),
    "timed.ladder.ring": (
        "Emergency {number}, {category}, {place}: nobody has taken it. Please look at the messages on your phone and "
        "take it."
    ),
    "timed.ladder.news": (
        "{name}, {number} {summary}: how is it now? Send “note {number}” and a line; when everybody is safe, “done "
        "{number}” and a line."
    ),
    "timed.rating.reminder": (
        "{name}, {matter} is done ({number}): {result} How is it now?\nReply 1 good, 2 fair, 3 not yet\nNo need to "
        "answer; we will not ask again."
    ),
}
