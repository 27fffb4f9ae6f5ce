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
    "care.today.stood_in": "Visits for {name} ({count}): {doors}",
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
    "care.ticked_more": '{count} more: {doors}. If these were contacted too, answer "都好" once more.',
    "care.not_on_list": "{doors} is not on today's list, so nothing is noted. Please check the door and answer again.",
    "care.who_is_left": 'Who is still to be contacted? Nothing is noted yet. Please answer again, as in "除了201".',
    "care.contact_entry": "By phone: all well.",
    "care.remark": "“{words}” is in your diary.",
    "care.remark_register": "“{words}” is in your diary. To register it as a matter, press “Register”.",
    "care.button.register": "Register",
    # leave
    "care.day": "{weekday} {day}/{month}",
    "care.day_today": "today",
    "care.day_morning": "{day} (morning)",
    "care.day_afternoon": "{day} (afternoon)",
    "care.days": "{first} to {last}",
    "care.days_to": "until {last}",
    "care.leave_how": (
        'Leave for which days? Answer "请假" (today), "明天请假", "明天下午请假", "请假 3天" or "请假 5月12日到14日".'
    ),
    "care.leave_past": "That time is past, so nothing is noted. Please check the day and say it again.",
    "care.leave_which_half": "The morning or the afternoon?",
    "care.button.morning_off": "Morning off",
    "care.button.afternoon_off": "Afternoon off",
    "care.leave_noted": "Noted, {when}: {deputy} has your list. Have a good rest.",
    "care.leave_noted_until": "Noted, leave {when}: {deputy} has your list on these days. Have a good rest.",
    "care.leave_planned": "Noted: leave {when}. {deputy} stands in for you and knows of it.",
    "care.leave_planned_nobody": (
        "Noted: leave {when}. I found nobody to stand in for you yet; please tell the community office."
    ),
    "care.leave_morning": "Noted: leave {when}. That day's list is still yours; the afternoon will do.",
    "care.leave_nobody": "Noted: leave {when}. I found nobody to hand your list to; please tell the community office.",
    "care.leave_or_days": 'If you meant {days} days, answer "销假 {day}" and then "请假 {days}天".',
    "care.leave_most": "No more than {days} days are noted at a time; ask again for the rest.",
    "care.leave_line": "{when}: on leave, {deputy} stands in",
    "care.leave_line_alone": "{when}: on leave",
    "care.leave_shown": 'Back early: answer "销假".',
    "care.leave_shown_ahead": 'Away today too: answer "今天请假". Not going after all: "销假".',
    "care.leave_known": 'It is noted already. For other days, answer "销假" and ask again.',
    "care.leave_which": "Which one is off? Press it.",
    "care.button.leave_off": "Cancel leave",
    "care.leave_ahead": "{name} is on leave {when}. Please stand in; you get the list on the day.",
    "care.leave_of": "{name} is on leave {when}; please stand in.",
    "care.leave_had": "{name} had this list and is away too. Please take it over.",
    "care.leave_none": "You are not on leave, and none is planned.",
    "care.leave_ended": "Welcome back. From today the visits are yours again.",
    "care.leave_called_off": "The leave {when} is off; the visits are yours.",
    "care.leave_still": "Still noted: leave {when}.",
    "care.leave_until_back": "Noted: back {day}. You get the list that morning.",
    "care.leave_back_on": "{name} is back {day}; please stand in until the day before. Thank you.",
    "care.leave_over": "{name} is back: from today the visits are {name}'s again. Thank you for standing in.",
    "care.leave_off": "{name} is not on leave {when} after all: you need not stand in. Thank you.",
    "care.leave_matter": "In hand: {number} {summary}",
    "care.leave_please": (
        'All contacted: answer "都好". All but one: "除了201". A visit made is noted with "#走访 door, how it was".'
    ),
    "care.leave_see_to": "Please see to it.",
    "care.leave_nothing_open": "No visits today, and nothing open in hand.",
    "care.leave_undone": (
        "{name} is on leave {when} and nobody who could stand in is there. {count} visits of today are nobody's: "
        "{doors}. Please find somebody, or phone them."
    ),
    # visits and diary
    "care.noted": "Noted: {who}.",
    "care.noted_visit": "Noted: {who}. The visit counts.",
    "care.noted_round": "Noted {count}: {who}.",
    "care.noted_round_visits": " Visits that count: {count}.",
    "care.nobody_met": "Nobody was met at {doors}: the visit is still due. Please look in again, or phone.",
    "care.gone.unclear": "The visit is not counted yet: is {who} out, moved away, or no longer alive? "
    "Please say it once more with the name.",
    "care.gone.for_good": "No visit is counted for {who}. Please tell the community whether visits should go on.",
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
    "care.diary_which_door": 'Which door is it: {choices}? Please write it in full, as in "#日记 {example}".',
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
    "care.audit.unvisited": "{name} is no longer on duty. {count} visits are nobody's: {doors}. Please name somebody.",
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
    "command.end_leave.help": "end_leave - back early or not going: the visits are yours again (销假)",
    "command.leave.help": "leave - away today, or as in 请假 3天, 明天下午请假; your list is handed on (请假)",
}
