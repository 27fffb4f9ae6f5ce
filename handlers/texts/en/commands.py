"""Answers to commands, the help, and what is asked back."""

TEXTS: dict[str, str] = {
    "command.help.head": (
        "Just say what is wrong and where; a voice message or a photo will do. These work too (128 stands for the "
        "number on your card):"
    ),
    "command.help.head_staff": (
        "What is used most (without a number: the card you reply to, or the only one you have in hand):"
    ),
    "command.help.mark": "In a residents' group put # in front, so that it is not taken for talk.",
    "command.help.more": "“help all” lists all of them; “help {one}” shows how one is used.",
    "command.help.all": (
        "These are all of them. To see how one is used, send “help” and its name, for example “help {one}”."
    ),
    "command.help.section.work": "Work: {names}",
    "command.help.section.wait": "Waiting and asking: {names}",
    "command.help.section.right": "Putting right: {names}",
    "command.help.section.visits": "Visits: {names}",
    "command.help.section.others": "For residents: {names}",
    "command.help.section.reported": "Your reports: {names}",
    "command.help.section.me": "About you: {names}",
    "command.help.phone": "By telephone: {phone}",
    "command.claim.help": "claim 128 - I take this one (接单)",
    "command.done.help": "done 128 replaced the lamp - done, with what was done; a photo is welcome (办结)",
    "command.transfer.help": "transfer 128 water - to a department or a colleague; offers a list without a name (转办)",
    "command.escalate.help": "escalate 128 needs the repair fund - cannot be solved here, pass it up (上报)",
    "command.extend.help": (
        "extend 128 3天 the part is late - asks a tier up for more time, once; or 到周五 for a day, with the reason "
        "(延期)"
    ),
    "command.pause.help": "pause 128 waiting for the part - let it rest, for a limited time in all (挂起)",
    "command.resume.help": "resume 128 - what rested goes on (恢复)",
    "command.bounce.help": "bounce 128 not our pipe - a department hands it back, once, soon after it came (退回)",
    "command.impossible.help": (
        "impossible 128 no shaft in the house - asks the secretary to agree, with the reason (客观办不了)"
    ),
    "command.approve.help": "approve 128 - agree to more time, or that it cannot be done (批准)",
    "command.decline.help": "decline 128 try again - do not agree; a reason may follow (不批准)",
    "command.lead.help": "lead 128 water - the secretary names who keeps what was handed back twice (牵头)",
    "command.callback.help": "callback 128 1 says it works - called: 1 good, 2 fair, 3 not yet, 0 no answer (回访)",
    "command.note.help": "note 128 somebody is at home this afternoon - add a word (备注)",
    "command.rate.help": "rate 128 1 - how it went: 1 good, 2 fair, 3 not yet (评价)",
    "command.reopen.help": "reopen 128 leaks again - not solved, please look again (重办)",
    "command.withdraw.help": "withdraw 128 - no longer needed (撤回)",
    "command.reject.help": "reject 128 - this was no report (不是报事)",
    "command.danger.help": "danger 128 - you have looked: people are in danger, and help is called (确有危险)",
    "command.register.help": "register 128 - this is to be dealt with (登记)",
    "command.category.help": (
        "category 128 complaint - put the category right; category 128 urgency 2 the urgency (改类)"
    ),
    "command.place.help": "place 128 3-2-402 - put the place right (改址)",
    "command.merge.help": "merge 128 126 - both are the same matter, keep the second (并单)",
    "command.split.help": "split 128 the street lamp is out too - two matters in one, this gets its own ticket (拆单)",
    "command.mine.help": "mine - how far your reports have got; for staff, what is in hand (我的)",
    "command.show.help": "show 128 - how far it has got (详情)",
    "command.help.help": "help - what you can do here; help all - all of it; help rate - how to use one of them (帮助)",
    "command.unbind.help": "unbind - stop reporting for a relative; with a name if there are several (解绑)",
    "command.language.help": "language english - answer in another language; back again: language chinese (语言)",
    "command.forget_me.help": "forget_me - keep nothing I say, emergencies excepted; undo: forget_me cancel (不记我)",
    "command.claim.done": "{number} is yours.",
    "command.done.done": "{number} is marked as done.",
    "command.transfer.done": "{number} went to {to}; you still follow it.",
    "command.transfer.outside": (
        "{number} is noted as passed to {to}. They are not on our list, so nobody has been told: please contact "
        "them yourself. You still follow it."
    ),
    "command.transfer.unheard": "{number} went to {to}; you still follow it. Nobody there hears of it through me: "
    "please tell them yourself.",
    "command.escalate.done": "{number} was passed up; you will hear back.",
    "command.extend.done": "{number}: asked a tier up; you will be told.",
    "command.pause.done": '{number} rests. When it can go on, send "resume {number}".',
    "command.resume.done": "{number} goes on.",
    "command.bounce.done": "{number} was handed back.",
    "command.impossible.done": "{number}: the secretary was asked; you will be told.",
    "command.approve.done": "{number}: agreed.",
    "command.decline.done": "{number}: not agreed; whoever asked has been told.",
    "command.lead.done": "{to} leads {number}.",
    "command.callback.done.0": "{number}: noted, please try once more tomorrow.",
    "command.callback.done.1": "{number}: noted.",
    "command.callback.done.2": "{number}: noted.",
    "command.callback.done.3": "{number}: noted, and opened again.",
    "command.note.done": "{number}: noted.",
    "command.reopen.done": "{number} is open again.",
    "command.withdraw.done": "{number} is withdrawn. If anything comes up, just say so.",
    "command.reject.done": "{number} is cancelled; thank you for telling me.",
    "command.danger.done": "{number} is an emergency now; help is being called.",
    "command.register.done": "{number} is registered.",
    "command.category.done": "{number} is put right.",
    "command.place.done": "{number}: the place is put right.",
    "command.merge.done": "{number} was merged into {into}.",
    "command.split.done": "That part of {number} is now {new}.",
    "command.split.note": "split from {number}",
    "command.unbind.done": "All right: you no longer report for {name}, and I send you no more news of them. To bind "
    "again, ask your grid worker for a code.",
    "command.language.done": "All right, English from now on.",
    "command.forget_me.done": (
        "All right, what you say is no longer kept. Calls for help in an emergency are, so that you can be found. "
        "To undo it, send: forget_me cancel"
    ),
    "command.forget_me.back": "All right, what you report in the groups is noted again as usual.",
    "approval.asks.extend": (
        "{number} {what}: {who} asks for time until {due}. Reason: {reason}. It can be extended once only; the "
        "reporter will be told."
    ),
    "approval.asks.impossible": (
        "{number} {what}: {who} says that it cannot be done. Reason: {reason}. If you agree, the reporter is told "
        "why, and "
        "it is counted apart."
    ),
    "approval.extended": "{number}: agreed, until {due}. The cards say so and the reporter was told.",
    "approval.extended_only": "{number}: agreed, until {due}. The cards say so.",
    "approval.impossible": "{number}: agreed, it is recorded as impossible, and the reason has been given.",
    "approval.declined.extend": "{number}: no later deadline, the old one stands. {reason}",
    "approval.declined.impossible": "{number}: not agreed; please look for another way. {reason}",
    "approval.because": "Reason: {reason}",
    "choices.row": "Reply {n}: {label}",
    "command.which": 'Which one do you mean by {command}? Tap it, or give its number: "{example}".',
    "command.none_here": (
        'I found nothing here that fits {command}. Please add the number, which is on the card; "mine" lists yours.'
    ),
    "command.no_such": '{number} was not found. The number is on the card; "mine" lists yours.',
    "command.not_yours": "{number} is not in your hands; please leave this step to whoever deals with it.",
    "command.for_staff": '"{command}" is for staff. To report something, just say where and what is wrong.',
    "command.in_private": "There are many people here. Please write to me in private first, and I will tell you there.",
    "command.button_old": 'This button is out of date. Send "help" to see what you can do now.',
    "command.done.how": (
        'How was {number} solved? One line will do: "done {number} replaced the lamp"; a photo is welcome.'
    ),
    "command.transfer.to_whom": 'Who gets {number}? Tap one, or write "transfer {number} name".',
    "command.extend.how": (
        "Until when should {number} be extended, and why? “extend {number} 3天 the part is late”, or 到周五 for a day."
    ),
    "command.pause.why": "Why does {number} have to wait? “pause {number} waiting for the part”",
    "command.bounce.why": "Why is {number} handed back? “bounce {number} not our pipe”",
    "command.impossible.how": (
        "Why can {number} not be done? “impossible {number} no shaft in the house”; the secretary reads it."
    ),
    "command.lead.who": "Who leads {number}? Press one, or write “lead {number} name”.",
    "command.callback.how": (
        "How was the call about {number}? “callback {number} 1”: 1 good, 2 fair, 3 not yet, 0 no answer."
    ),
    "command.note.what": 'What shall I note for {number}? For example "note {number} the part comes tomorrow".',
    "command.rate.how": "How did {number} go? Reply 1 good, 2 fair, 3 not yet",
    "command.category.which": "Which category is {number}?",
    "command.category.unknown": (
        'I did not understand the category. There are: {names}. For example "category {number} complaint".'
    ),
    "command.place.where": 'Where is {number}? For example "place {number} 3-2-402" or "place {number} east gate".',
    "command.merge.into": 'Into which one does {number} go? For example "merge {number} 126".',
    "command.split.what": 'Which part of {number} goes out? For example "split {number} the street lamp is out too".',
    "command.unbind.nobody": "You are not bound for that relative; there is nothing to undo.",
    "command.unbind.which": "You are bound for several: {names}. Please say whom: unbind and the name.",
    "command.language.which": 'You can say "language chinese" or "language english".',
    "command.mine.in_hand": "You have {count} in hand:",
    "command.mine.reported": "You reported {count}:",
    "command.mine.line": "{number} {summary}, {status}",
    "command.mine.due": ", due {due}",
    "command.mine.none": "Nothing of yours is open. If anything comes up, just say so.",
    "command.mine.none_staff": "You have nothing in hand.",
    "command.show.head": "{number} {category}, {status}",
    "command.show.reporter": "Reported by {name}, {at}",
    "command.show.voices": "{count} more reported it",
    "command.show.assignee": "Handled by {name}",
    "command.show.due": "Due {due}",
    "command.show.why": "The words say: {words}",
    "command.show.step": "{at} {what}",
    "command.event.proposed": "heard, to be confirmed",
    "command.event.opened": "registered",
    "command.event.help": "came along",
    "command.event.feared": "possible danger, staff asked to look",
    "command.event.joined": "somebody added to it",
    "command.event.asked": "consent asked for",
    "command.event.declined": "not agreed to",
    "command.event.called_back": "called back",
    "command.event.register": "confirmed",
    "command.event.claim": "taken",
    "command.event.note": "note",
    "command.event.transfer": "handed over",
    "command.event.bounce": "handed back",
    "command.event.escalate": "passed up",
    "command.event.correct": "put right",
    "command.event.extend": "extended",
    "command.event.pause": "paused",
    "command.event.resume": "resumed",
    "command.event.done": "done",
    "command.event.rate": "rated",
    "command.event.close": "closed",
    "command.event.reopen": "opened again",
    "command.event.withdraw": "withdrawn",
    "command.event.reject": "not a report",
    "command.event.merge": "merged",
}
