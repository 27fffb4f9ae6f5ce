"""The command line. Each command's work is in bot/console/, imported only when it is asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_database import db
from bot.cli_platforms import Config, bind, utf8, wechat, wecom
from domain.errors import BadConfig

app = typer.Typer(
    name="minqing",
    help="民情: hears the reports in neighbourhood talk and gets them solved.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # rich's own markup would take "[office] language" for a style and leave it out.
    rich_markup_mode="markdown",
)
inbox = typer.Typer(help="What came in and could not be handled.", no_args_is_help=True)
outbox = typer.Typer(help="What is to be said, and what could not be.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(inbox, name="inbox")
app.add_typer(outbox, name="outbox")
app.add_typer(wecom, name="wecom")
app.add_typer(wechat, name="wechat")

# The greatest number that a row can have.
_LAST = 2**63 - 1
Ids = Annotated[list[int] | None, typer.Argument(help="Row ids; none means all.", min=1, max=_LAST)]


@app.command()
def run(
    roles: Annotated[
        str, typer.Option(help="What this process does: all, or some of intake,clock,web,sender (PostgreSQL).")
    ] = "all",
    config: Config = None,
) -> None:
    """Listen, handle, send, and serve the pages until stopped."""
    from bot.console.run import run

    run(config, roles)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port to serve on; 0 takes a free one.", min=0, max=65535)] = 0,
    browser: Annotated[bool, typer.Option(help="Open a browser where there is a desktop.")] = True,
) -> None:
    """A fresh sample district with the playground, on this machine only."""
    from bot.console.demo import demo

    demo(port, browser=browser)


@app.command()
def read(
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT...", help="Messages as they are; none or -: JSON lines are read."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rules and features spoke.")] = False,
) -> None:
    """Read messages: JSON lines {"id","tier","text"} in, or the words themselves; what was understood out."""
    from bot.console.read import as_lines, read

    utf8()
    # A line in another encoding is named; the others are answered.
    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]  # typed as any text stream
    lines = as_lines(texts) if texts and texts != ["-"] else sys.stdin
    raise typer.Exit(read(lines, sys.stdout, sys.stderr, explain=explain))


@app.command()
def ocr() -> None:
    """A picture on standard input, the words in it on standard output: for [attachments] photos."""
    from bot.console.ocr import ocr

    utf8()
    raise typer.Exit(ocr(sys.stdin.buffer, sys.stdout))


@app.command()
def learn(
    show: Annotated[bool, typer.Option("--show", help="Say what was learnt, and from what.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Go back to what was in force before.")] = False,
    config: Config = None,
) -> None:
    """Learn from what people put right; taken over only where it is worse nowhere. The office may be running."""
    from bot.console import learning

    utf8()
    raise typer.Exit(learning.show(config) if show else learning.undo(config) if undo else learning.learn(config))


@app.command()
def replay(
    file: Annotated[str, typer.Argument(help="Conversations as JSON lines; - for standard input.")] = "-",
) -> None:
    """Play conversations through the real road on a throw-away database, and print what became of them."""
    from bot.console.replay import replay

    utf8()
    raise typer.Exit(replay(file, sys.stdout))


@app.command()
def check(config: Config = None) -> None:
    """Examine configuration, database, channels, clock and disk, and say what to do."""
    from bot.console.check import check

    raise typer.Exit(check(config))


@app.command()
def key() -> None:
    """Print a fresh MINQING_KEY. Keep it safe: without it personal data cannot be read again."""
    from storage.cipher import new_key

    typer.echo(new_key())


@app.command()
def init(
    file: Annotated[Path, typer.Option("--file", help="Where to write the settings.")] = Path("config.toml"),
    office: Annotated[str | None, typer.Option(help="Who speaks, as residents know it: 阳光社区.")] = None,
    language: Annotated[str | None, typer.Option(help="zh-CN or en.")] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA name: Asia/Shanghai.")] = None,
    database: Annotated[str | None, typer.Option(help="A file for SQLite, or postgresql://user@host/name.")] = None,
    playground: Annotated[bool | None, typer.Option(help="The browser playground.")] = None,
    telegram: Annotated[bool | None, typer.Option(help="Listen and speak on Telegram.")] = None,
    doors: Annotated[str | None, typer.Option(help="WeCom and WeChat: wecom_app official_account, or none.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take the options and the defaults.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Ask a few questions and leave a commented config.toml that runs."""
    from bot.console.init import init

    told = {"office": office, "language": language, "timezone": timezone, "database": database, "doors": doors}
    init(file, told, playground, telegram, yes=yes, force=force)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx).")],
    template: Annotated[bool, typer.Option("--template", help="Write an example workbook there instead.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is wrong and what would change.")] = False,
    language: Annotated[str | None, typer.Option(help="zh-CN or en; [office] language if left out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write the template over a file that is there.")] = False,
    config: Config = None,
) -> None:
    """Bring in areas, groups, staff, households, residents and care plans; the office may be running."""
    from bot.console import importing

    utf8()
    if template:
        importing.template(config, file, language, force=force)
    else:
        raise typer.Exit(importing.import_file(config, file, language, dry_run=dry_run))


@app.command("export")
def export_(
    file: Annotated[Path, typer.Argument(help="The workbook (.xlsx) to write.")],
    phones: Annotated[bool, typer.Option("--with-phones", help="With phone numbers.")] = False,
    health: Annotated[bool, typer.Option("--with-health", help="With health notes.")] = False,
    language: Annotated[str | None, typer.Option(help="zh-CN or en; [office] language if left out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    config: Config = None,
) -> None:
    """Write a workbook that an import reads; each export is noted in the audit log."""
    from bot.console.exporting import export

    utf8()
    export(config, file, language, phones=phones, health=health, force=force)


app.command()(bind)


@inbox.command("list")
def inbox_list(
    state: Annotated[str, typer.Option(help="new, done, failed or dropped.")] = "failed",
    limit: Annotated[int, typer.Option(help="Rows at most.")] = 50,
    config: Config = None,
) -> None:
    """Show deliveries, the newest first."""
    from bot.console.queues import list_inbox

    list_inbox(config, state, limit)


@inbox.command("retry")
def inbox_retry(ids: Ids = None, config: Config = None) -> None:
    """Put failed deliveries back in line."""
    from bot.console.queues import retry_inbox

    retry_inbox(config, ids)


@outbox.command("list")
def outbox_list(
    state: Annotated[str, typer.Option(help="queued, inflight, sent, failed, unknown or dropped.")] = "failed",
    limit: Annotated[int, typer.Option(help="Rows at most.")] = 50,
    config: Config = None,
) -> None:
    """Show messages to be said, the newest first."""
    from bot.console.queues import list_outbox

    list_outbox(config, state, limit)


@outbox.command("retry")
def outbox_retry(ids: Ids = None, config: Config = None) -> None:
    """Queue failed and unknown messages again."""
    from bot.console.queues import retry_outbox

    retry_outbox(config, ids)


@outbox.command("drop")
def outbox_drop(
    ids: Annotated[list[int], typer.Argument(help="Row ids.", min=1, max=_LAST)], config: Config = None
) -> None:
    """Never send these."""
    from bot.console.queues import drop_outbox

    drop_outbox(config, ids)


def main() -> None:
    """Entry point: a wrong setting or a missing key ends in one clear line, not a traceback."""
    try:
        app()
    except BadConfig as error:
        typer.echo(f"minqing: {error}", err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader of our output went away; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None


if __name__ == "__main__":
    main()
