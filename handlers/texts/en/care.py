"""Morning list, visits, diary, reports on somebody's behalf, leave, and what the auditor says."""

TEXTS: dict[str, str] = {
    "care.weekday.1": "Monday",
    "care.weekday.2": "Tuesday",
    "care.weekday.3": "Wednesday",
    "care.weekday.4": "Thursday",
    "care.weekday.5": "Friday",
    "care.weekday.6": "Saturday",
    "care.weekday.7": "Sunday",
    "care.comma": ", ",
    "care.or": ", ",
    # the morning list
    "care.today.hello": "Good morning, {name}. Today is {weekday}.",
    "care.today.first": "First: {matter}",
    "care.today.untaken": "Not taken yet: {matter}",
    "care.today.hidden": "a private matter",
    "care.today.due": "{number} {summary}, due {due}",
    "care.today.overdue": "{number} {summary}, was due {due}",
    "care.today.hour": "today at {time}",
    "care.today.visits": "Visits ({count}): {doors}",
    "care.today.visits_more": "Visits ({count}), these first: {doors}",
    "care.today.rest": "{count} more in hand, none of them urgent.",
    "care.today.nothing": "No visits today, and nothing open in hand.",
    "care.today.how_to_answer": 'All contacted: answer "都好". All but one: "除了201". Away today: "请假".',
    "care.button.all_well": "All well",
    "care.button.leave": "Away today",
    # its answers
    "care.ticked": "Noted: all {count}. Thank you.",
    "care.ticked_before": "Today's are all noted already.",
    "care.ticked_but": "Noted: {count}. Left open: {doors}. Tell me once you have reached them.",
    "care.ticked_none": "Left open: {doors}. Tell me once you have reached them.",
    "care.not_on_list": "{doors} is not on today's list, so nothing is noted. Please check the door and answer again.",
    "care.who_is_left": 'Who is still to be contacted? Nothing is noted yet. Please answer again, as in "除了201".',
    "care.contact_entry": "By phone: all well.",
    "care.leave_noted": "Noted. {deputy} has today's list. Have a good rest.",
    "care.leave_nobody": "Noted. I found nobody to hand your list to; please tell the community office.",
    "care.leave_today": "{name} is away today.",
    "care.leave_until": "{name} is away until {day}/{month}.",
    "care.leave_matter": "In hand: {number} {summary}",
    "care.leave_please": 'Please have somebody step in. A visit made is noted with "#走访 door, how it was".',
    "care.leave_nothing_open": "No visits today, and nothing open in hand.",
    # visits and diary
    "care.noted": "Noted: {who}.",
    "care.noted_visit": "Noted: {who}. The visit counts.",
    "care.noted_round": "Noted {count}: {who}.",
    "care.noted_round_visits": " Visits that count: {count}.",
    "care.nobody_met": "Nobody was met at {doors}: the visit is still due. Please look in again, or phone.",
    "care.door_made": "{estate}{door} had no file; it has one now.",
    "care.which_door": 'Which door is it: {choices}? Please send it again in full, as in "#走访 {example} how it was".',
    "care.wish_waits": "What was asked for is registered once the door is known.",
    "care.became_ticket": "What was asked for is registered: {number}.",
    "care.staff_only": (
        "Visits and the diary are kept by grid workers and the community. If you need something, just say so."
    ),
    "care.no_area": "I do not know your area yet; please ask the community's administrator to enter your post.",
    "care.diary_empty": "No entries in the last 7 days. Write one: #日记 what you saw today.",
    "care.diary_head": "{count} entries in the last 7 days:",
    "care.diary_door_head": "{door}, the last {count}:",
    "care.diary_door_empty": "{door} has no entries yet.",
    "care.diary_masked": "{door} (about somebody's health, without consent: ask me in private)",
    "care.diary_line": "{month}-{day} {title}",
    "care.visit_how": 'Please give the door and how it was, as in "#走访 3-2-402 王奶奶血压偏高，要申请轮椅".',
    # on somebody's behalf
    "care.report_how": 'Please give the place and the matter, as in "#代报 5幢301李奶奶家漏水，电话里说的".',
    "care.reported": "Registered: {number}.",
    "care.paste": "To paste back into the group:\n{line}",
    "care.paste_line": "Noted: {what} is registered ({number}). News will be told here.",
    "care.paste_person": "{name}, what you told us is registered ({number}). We will tell you the news.",
    # what the auditor tells the secretary or the district
    "care.audit.head": "Today's check found something to look at:",
    "care.audit.silent": "{number} had no reminder of its deadline; it has one now.",
    "care.audit.late": "{count} reminders are past their time and not sent.",
    "care.audit.unsent": "{count} messages could not be sent.",
    "care.audit.unread": "{count} incoming messages could not be handled; please ask whoever runs this machine.",
    "care.audit.holidays": "The public holidays of {year} are not entered yet, so deadlines count Monday to Friday. "
    "Once they are announced, please ask whoever runs this machine to enter them.",
    "care.audit.alarms": "{count} daily alarms were missing and are set again.",
    # help
    "command.today.help": "today - today's visits and what is in hand (今日)",
    "command.diary.help": "diary - your last entries; with words, a new one; with a door, that door's entries (日记)",
    "command.visit.help": (
        "visit - #visit 3-2-402 and how it was: an entry, the visit done, a ticket for what is needed (走访)"
    ),
    "command.report_for.help": (
        "report_for - registers for a resident, with a line to paste back into the group (代报)"
    ),
    "command.leave.help": "leave - away today; your list goes to the community (请假)",
}
