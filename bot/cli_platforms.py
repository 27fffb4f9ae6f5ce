"""The part of the command line that is about platforms: binding rooms and people, WeCom, the official account."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

wecom = typer.Typer(help="What WeCom (企业微信) has and we take over.", no_args_is_help=True)

wechat = typer.Typer(help="The WeChat official account (公众号).", no_args_is_help=True)

Config = Annotated[Path | None, typer.Option("--config", help="config.toml to use instead of the one found.")]


def bind(
    area: Annotated[str | None, typer.Argument(help="The area's name or code: 阳光社区, 3-2.")] = None,
    webhook: Annotated[
        bool, typer.Option("--webhook", help="Its staff group has a WeCom robot: asks for the key.")
    ] = False,
    appchat: Annotated[bool, typer.Option("--appchat", help="Make a WeCom group of the area's staff.")] = False,
    member: Annotated[list[str] | None, typer.Option(help="With --appchat: one more member's WeCom user id.")] = None,
    person: Annotated[
        str | None, typer.Option(help="No group: a one-time code for this one of the people sheet.")
    ] = None,
    config: Config = None,
) -> None:
    """Bind a staff group that the bot can only push into to an area; or let somebody bind his own account."""
    utf8()
    if person is not None:
        from bot.console.inviting import invite

        invite(config, person)
    else:
        from bot.console.binding import bind

        bind(config, area or "", webhook=webhook, appchat=appchat, members=member or ())


@wecom.command("grid")
def wecom_grid(
    under: Annotated[str | None, typer.Option(help="Which of our areas the topmost grid is.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Take away areas that are no grid any more.")] = False,
    config: Config = None,
) -> None:
    """Take over the grids of 政民沟通 with their admins and members as areas and posts."""
    from bot.console.wecom_grid import grid

    utf8()
    raise typer.Exit(grid(config, under, dry_run=dry_run, prune=prune))


@wecom.command("cases")
def wecom_cases(config: Config = None) -> None:
    """Show the categories of 政民沟通, and which have no category of ours yet."""
    from bot.console.wecom_grid import cases

    utf8()
    raise typer.Exit(cases(config))


@wechat.command("menu")
def wechat_menu(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it, and change nothing.")] = False,
    config: Config = None,
) -> None:
    """Put up the menu below the chat, as [[official_account.menu]] has it."""
    from bot.console.wechat_menu import menu

    utf8()
    menu(config, dry_run=dry_run)


def utf8() -> None:
    """Chinese goes in and out as UTF-8 whatever the terminal's locale says; a file's mark of it in front is no text."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        stream.reconfigure(encoding=encoding)  # type: ignore[union-attr]  # typed as any text stream
