"""Cards of tickets and what is said along with them."""

TEXTS: dict[str, str] = {
    # words for our codes
    "category.public_repair": "Public repair",
    "category.complaint": "Complaint",
    "category.community_report": "Neighbourhood report",
    "category.home_repair": "Home repair",
    "category.legal_dispute": "Legal dispute",
    "category.renovation": "Renovation",
    "category.emergency": "Emergency",
    "category.public_security": "Public security",
    "category.consultation": "Advice and help",
    "status.proposed": "is not confirmed yet",
    "status.open": "has not been taken yet",
    "status.taken": "is being worked on",
    "status.done": "is done",
    "status.closed": "is closed",
    "status.withdrawn": "was withdrawn",
    "status.rejected": "was cancelled",
    "tier.unit": "the building",
    "tier.community": "the community",
    "tier.district": "the district",
    "tier.above": "the authority above",
    "kind.street": "the street office",
    "kind.district": "the district",
    "kind.community": "the community",
    "role.resident": "neighbour",
    "role.grid_worker": "grid worker",
    "role.property_duty": "property",
    "role.community_staff": "community",
    "role.secretary": "community",
    "role.department": "department",
    "role.street_duty": "street office",
    "role.district_admin": "district",
    "role.named": "{name} ({role})",
    "told.grid_worker": "the grid worker",
    "told.property_duty": "the property duty room",
    "told.community_staff": "the community's duty desk",
    "told.secretary": "the community secretary",
    "accused.property": "the property firm",
    "accused.worker": "the grid worker",
    "accused.community": "the community office",
    "accused.owners": "the owners' committee",
    # places and times
    "listed.comma": ", ",
    "place.building": "building {building}",
    "place.unit": "entrance {unit}",
    "place.floor": "floor {floor}",
    "place.room": "flat {room}",
    "place.joint": ", ",
    "place.matter": "{place}",
    "place.thing": "{place}: {thing}",
    "time.hour": "{hour}:00",
    "time.tomorrow": "tomorrow {clock}",
    "time.yesterday": "yesterday {clock}",
    "time.weekday": "{weekday}",
    "time.next_weekday": "next {weekday}",
    "time.date": "{day}/{month}",
    "time.weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "mask.phone": "(phone)",
    "mask.home": "a flat",
    # buttons
    "button.claim": "Take it",
    "button.done": "Done",
    "button.transfer": "Hand over",
    "button.escalate": "Pass up",
    "button.reject": "Not a report",
    "button.register": "Register",
    "button.danger": "In danger",
    "button.reopen": "Reopen",
    "button.bounce": "Hand back",
    "button.resume": "Go on",
    "button.extend": "More time",
    "button.no_answer": "No answer",
    "button.approve": "Agree",
    "button.decline": "Do not agree",
    "button.lead": "Name the lead",
    "button.rate.1": "1 Done, good",
    "button.rate.2": "2 Done, fair",
    "button.rate.3": "3 Not yet",
    # residents' group: what it is about, in a word
    "thing.public_repair": "what you told us",
    "thing.complaint": "what you told us",
    "thing.community_report": "what you told us",
    "thing.home_repair": "the repair in a flat",
    "thing.legal_dispute": "what you told us",
    "thing.renovation": "the renovation",
    "thing.emergency": "the emergency",
    "thing.public_security": "what you told us",
    "thing.consultation": "your question",
    "card.heard": "{what} ",
    "card.heard.bare": "what you told us ",
    "card.matter": "“{what}”",
    "card.others": ", {count} more told us the same",
    "card.opened.public_repair": (
        "Noted: {heard}({number}){others}. You will hear back by {due} at the latest. If I got that wrong, reply "
        "“不是报事”."
    ),
    "card.opened.complaint": (
        "Noted: {heard}({number}){others}. You will hear back by {due} at the latest. If I got that wrong, reply "
        "“不是报事”."
    ),
    "card.opened.community_report": (
        "Noted: {heard}({number}){others}. You will hear back by {due} at the latest. If I got that wrong, reply "
        "“不是报事”."
    ),
    "card.opened.home_repair": (
        "Noted: {heard}({number}){others}. Somebody will contact you by {due} to agree on a time. If I got that "
        "wrong, reply “不是报事”."
    ),
    "card.opened.renovation": (
        "Noted: {heard}({number}){others}. Somebody will go and look; you will hear back by {due}. If I got that "
        "wrong, reply “不是报事”."
    ),
    "card.opened.public_security": (
        "Noted: {heard}({number}){others}. You will hear back by {due}. If it is happening now, call 110 first. If "
        "I got that wrong, reply “不是报事”."
    ),
    "card.opened.consultation": (
        "Your question is noted ({number}){others}. You will have an answer by {due}. If I got that wrong, reply "
        "“不是报事”."
    ),
    "card.opened.suggestion": (
        "Your suggestion is noted ({number}){others} and will be discussed. You will hear back by {due}. If I got "
        "that wrong, reply “不是报事”."
    ),
    "card.opened.late": (
        "Noted: {heard}({number}){others}. We have asked again; you will hear back as soon as possible."
    ),
    "card.answered": "{number} {what}: already being worked on{others}. {promise}.",
    "card.ask_where": (
        "Noted ({number}){others}. Which building and entrance do you mean by “{thing}”? “3-2” is enough, a voice "
        "message will do. If you would rather not say it here, write to me in private."
    ),
    "card.ask_where.village": (
        "Noted ({number}){others}. Where is it that you mean by “{thing}”? “3组12号” or “12号门口” is enough, a voice "
        "message will do. If you would rather not say it here, write to me in private."
    ),
    "card.ask_where.thing": "that",
    "card.emergency": "Noted ({number}). {line}{told} Writing here does not call the emergency services.",
    "card.emergency.where": " Please tell us building and entrance at once.",
    "card.emergency.where.village": " Please tell us group and house number at once.",
    "card.emergency.told": " We have told {who}.",
    "card.emergency.and": " and ",
    "card.emergency.taken": "{number} {what}: {worker} has taken it. {line}",
    "card.taken": "{number} {what}: {worker} has taken it{others}. {promise}.",
    "card.their_office": "the office in charge",
    "card.transferred": "{number} {what}: handed to {to}{others}. {promise}; {worker} still follows it.",
    "card.escalated": (
        "{number} {what}: could not be solved {here}, passed up to {there}{others}. {promise}; {worker} still "
        "follows it."
    ),
    "card.escalated.here.unit": "in the building",
    "card.escalated.here.community": "on the estate",
    "card.escalated.here.district": "here",
    "card.reopened": "{number} {what}: not right yet, {worker} will look again. {promise}.",
    "card.paused": (
        "{number} {what}: it has to wait ({reason}); there will be news as soon as it goes on{others}. {worker} "
        "still follows it."
    ),
    "card.impossible": "{number} {what}: it cannot be done, and the reason has been given.",
    "card.done": "{number} {what}: done.",
    "card.withdrawn": "{number} was withdrawn.",
    "card.rejected": "{number} was my mistake and is cancelled. Sorry to have troubled you.",
    "card.shut": "Updated",
    "card.merged": "{number} and {into} are the same matter and will be dealt with together.",
    "card.hidden": "{number} is dealt with in private, not in this group.",
    "card.private": "Noted. Somebody will contact you in private, not in this group.",
    "card.promise": "News by {due} at the latest",
    "card.promise.late": "News as soon as possible",
    "card.somebody": "the community",
    # the closing line in the residents' group
    "closing.line": "{number} {matter} is done: {result}",
    "closing.bare": "{number} {matter} is done.",
    "closing.impossible": "{number} {what}: this cannot be done. {result} We are sorry.",
    "closing.plain": "it is done",
    "closing.untold": "please ask the community in private for the reason",
    "closing.ask": " If you reported it: how is it now? Reply 1 good, 2 fair, 3 not yet. No answer is fine too.",
    # emergency lines
    "emergency.lift": "Trapped in a lift: press the alarm bell in the car, call {phones}, do not force the door.",
    "emergency.gas": (
        "Smell of gas: do not touch switches or appliances, no flames. Go outside first, then call {phones}."
    ),
    "emergency.fire": "Fire: call 119 at once, do what the operator says, do not take the lift.",
    "emergency.hurt": (
        "Somebody collapsed or badly hurt: call 120 at once, do what they tell you, stay with the person."
    ),
    "emergency.violence": "Violence or a break-in: get somewhere safe first, call 110.",
    "emergency.water": (
        "Somebody in the water: call 110 and 120 at once, do not jump in; reach out a pole, a rope or a lifebuoy."
    ),
    "emergency.electric": (
        "Electric shock: keep back, do not touch water, wires or whoever was struck. Cut the main switch if you "
        "can, then call 120 and 119."
    ),
    "emergency.height": "Somebody up high: call 119 and 110 now, clear the ground below, do not shout at them.",
    "emergency.missing": "An old person or a child is missing: call 110 at once, there is no need to wait 24 hours.",
    "emergency.other": "If anybody is in danger call 110, 119 or 120 at once.",
    "emergency.or": " or ",
    # staff cards
    "staff.head": "{mark}{number} {category}",
    "staff.mark.1": "",
    "staff.mark.2": "[urgent] ",
    "staff.mark.3": "[emergency] ",
    "staff.no_place": "no place given",
    "staff.asking": "asking for the place",
    "staff.matter": "{place}: {summary}",
    "staff.source.group": "{reporter} said so in the group, {time}",
    "staff.source.private": "{reporter} said so in private, {time}",
    "staff.source.behalf": "{reporter} for {behalf}, {time}",
    "staff.behalf.kin": "family",
    "staff.others": ", {count} more told us the same",
    "staff.photos": ", photos: {count}",
    "staff.again": "Broken again; last time it was {number}",
    "staff.proposed": "Looks like a report, not certain. Please have a look",
    "staff.feared": "Somebody may be in danger, not certain. Please look at once; if so, press “{button}” to call help",
    "staff.first_due": "Please answer by {due}",
    "staff.solve_due": "Answered; please solve it by {due}",
    "staff.emergency": "Please take it at once; if nobody does, more people are called",
    "staff.taken": "{worker} has it, to be done by {due}",
    "staff.helped": "{names} came along",
    "staff.going": "{names} said to be on the way",
    "staff.on_the_way": "{number} {what}: {worker} said in the group to be going. Please tell the rest in private.",
    "staff.transferred": "Handed to {to}; {worker} follows it, to be done by {due}",
    "staff.escalated": "Could not be solved {here}, passed to {there}; {worker} follows it, to be done by {due}",
    "staff.paused": "Paused: {reason}. {worker} follows it, until {until} at most",
    "staff.pause_over": "The days for which {number} could be paused are used up; it goes on, to be done by {due}.",
    "staff.bounced": "{department} handed it back: {reason}",
    "staff.bounced_to": "{worker}, please see what can be done, by {due}",
    "staff.name_lead": (
        "{number} {what}: handed back twice now ({reason}). Please name who takes the lead; it cannot be handed "
        "back again."
    ),
    "staff.impossible": "{worker}: it cannot be done; agreed. {result}",
    "staff.tell_him": (
        "{number}: the reporter cannot be written to in private. Please tell them in person or by telephone."
    ),
    "staff.reason": "Reason: {reason}",
    "staff.reopened": "The reporter says it is not right yet; {worker}, please look again, by {due}",
    "staff.done": "{worker} finished: {result}",
    "staff.closed": "Rated: {score}",
    "staff.score.1": "good",
    "staff.score.2": "fair",
    "staff.unrated": "Not rated",
    "staff.first_content": "The first reporter no longer needs it; {count} others reported it too",
    "withdraw.goes_on": "{number}: noted that you no longer need it. {count} others reported it too, so it goes on.",
    "staff.withdrawn": "The reporter withdrew it",
    "staff.rejected": "Cancelled, not a report",
    "staff.merged": "Merged into {into}",
    "staff.note": "Note: {text}",
    "staff.masked": (
        "[private] Told in private, so the details are not shown here. Whoever handles it: send me “show {number}” "
        "in a private chat"
    ),
    "staff.masked.done": "[private] {worker} finished it",
    "staff.private": "[private] Please contact them in private, do not answer in the group",
    "staff.against": "It is about {accused}: do not hand it to them, and do not say who told us",
    "staff.sensitive": (
        "Only the named colleagues can see this. First make sure that everybody is safe; if not, call 110"
    ),
    "staff.minor": "A minor may be concerned: the law asks for a report to the police",
    "staff.hidden": "{number} is now dealt with in private",
    "staff.elsewhere": "{number} is with others now",
    "staff.unreachable": (
        "{number}: the reporter cannot be reached in private. Please tell them yourself or by "
        "telephone that it is done."
    ),
    "staff.rated_bad": (
        "{number} {what}: the reporter says it is not right yet. {worker} was asked to look again; "
        "please keep an eye on "
        "it. They were promised an answer by {due}."
    ),
    "staff.redo": (
        "{number} {what}: the reporter says it is not right yet{words}. Please look again and answer by {due}."
    ),
    "staff.redo_words": " (“{words}”)",
    "staff.stopped": "{number} {what}: the reporter withdrew it, no need to go.",
    "staff.cancelled": "{number} {what}: cancelled, no need to go.",
}
