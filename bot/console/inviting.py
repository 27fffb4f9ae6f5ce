"""`minqing bind --person`: a one-time code for somebody, from the machine the bot runs on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from bot.console.importing import check_key
from bot.console.office import database_of, fail, settings_of
from storage.store import Store


def invite(config: Path | None, who: str) -> None:
    """Print a code by which somebody (a name as in the staff list, or the number that is told with namesakes) binds
    an account of his own. Whoever may run this may read the database as well: it is for the first secretary."""
    settings = settings_of(config)
    hours = settings.binding.code_hours
    now = datetime.now(UTC)

    def make(store: Store) -> tuple[str, str]:
        found = store.people.called(who)
        if not found and who.isdecimal() and int(who) in store.people.names([int(who)]):
            found = [store.people.get(int(who))]
        if not found:
            raise fail(f"there is nobody called {who}: minqing import brings people in")
        if len(found) > 1:
            told = ", ".join(f"{one.id} ({_roles(store, one.id)})" for one in found)
            raise fail(f"there are several called {who}; say which by number: {told}")
        [person] = found
        code = store.codes.for_person(person.id, now, now + timedelta(hours=hours))
        store.people.audit(now, "issue_code", f"person:{person.id}", data={"by": "console"})
        return person.name, code

    with database_of(settings) as database:
        check_key(database)
        name, code = database.write(make)
    typer.echo(f"{name}: 绑定 {code}")
    typer.echo(f"to be sent to the bot in private by {name}; good once, for {hours} hours")


def _roles(store: Store, person: int) -> str:
    return ", ".join(sorted({str(post.role) for post in store.people.posts_of(person)})) or "no post"
