"""`muster user`: who may sign in to the web app, and what they may do. `muster audit`: who did what."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Literal

import typer

from ui.cli import options
from ui.cli.output import answering, clean, plain, show, write_line

commands = typer.Typer(no_args_is_help=True, help="Who may sign in, and what they may do.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, or an e-mail address.")]
RoleName = Literal["viewer", "editor", "owner"]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="user")
    app.command("audit")(audit)


@commands.command("add")
def add(
    name: Name,
    role: Annotated[
        RoleName, typer.Option("--role", help="viewer looks, editor saves, owner decides.")
    ] = "editor",
    password_stdin: FromInput = False,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Let somebody sign in with a password. The web app asks for it from its next start on."""
    from ui.cli.opened import opened

    with answering(as_json):
        secret = _password(password_stdin)
    with answering(as_json), opened(workspace) as context:
        from workspace.logins import Logins

        kept = Logins(context.settings.store_url).add(
            context.workspace.name, clean(name), secret, role, by=context.person
        )
        _answer(as_json, {"name": kept, "role": role}, f"{kept} may sign in, as {role}.")


@commands.command("list")
def list_(workspace: options.Workspace = None, as_json: options.Json = False) -> None:
    """Who is known, what they may do, and who signs in with a password."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from workspace.logins import Logins

        roles = context.store.roles(context.workspace.name)
        logins = {each.name for each in Logins(context.settings.store_url).all()}
        people = [
            {"name": each, "role": roles.get(each, "viewer"), "password": each in logins}
            for each in sorted(logins | set(roles))
        ]
        if as_json:
            write_line({"users": people})
        elif people:
            from ui.cli.words import table

            rows = table("Name", "Role", "Password")
            for each in people:
                rows.add_row(
                    plain(str(each["name"])), str(each["role"]), "yes" if each["password"] else "no"
                )
            show(rows)
        else:
            _answer(False, {}, "Nobody but you. Let somebody sign in with: muster user add NAME")


@commands.command("role")
def role(
    name: Name,
    role: Annotated[RoleName, typer.Argument()],
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Give somebody a role in the workspace; also somebody who signs in without a password here."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        kept = context.store.set_role(context.workspace.name, clean(name), role, by=context.person)
        _answer(as_json, {"name": kept, "role": role}, f"{kept} is {role} now.")


@commands.command("password")
def password(
    name: Name,
    password_stdin: FromInput = False,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Set another password; whoever is signed in by that name has to sign in again."""
    from ui.cli.opened import opened

    with answering(as_json):
        secret = _password(password_stdin)
    with answering(as_json), opened(workspace) as context:
        from workspace.logins import Logins

        kept = Logins(context.settings.store_url).set_password(
            context.workspace.name, clean(name), secret, by=context.person
        )
        _answer(as_json, {"name": kept}, f"{kept} has another password.")


@commands.command("remove")
def remove(name: Name, workspace: options.Workspace = None, as_json: options.Json = False) -> None:
    """Keep somebody out from now on, and take their roles. Their chats and audiences stay."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from workspace.logins import Logins

        kept = Logins(context.settings.store_url).remove(
            context.workspace.name, clean(name), by=context.person
        )
        _answer(as_json, {"removed": kept}, f"{kept} may not sign in any more.")


def audit(
    most: Annotated[int, typer.Option("-n", min=1, help="How many, newest first.")] = 50,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Who saved, renamed and deleted audiences, accepted terms and gave roles. For owners."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from workspace.clock import text_of

        found = context.store.audit(context.workspace.name, most, person=context.person)
        if as_json:
            entries = [
                {
                    "at": text_of(each.at),
                    "person": each.person,
                    "action": each.action,
                    "subject": each.subject,
                    "detail": dict(each.detail),
                }
                for each in found
            ]
            write_line({"audit": entries})
            return
        from ui.cli.words import heading, table
        from workspace.times import moment_text

        if not found:
            show(heading("Nothing was saved, deleted or accepted yet."))
            return
        rows = table("When", "Who", "What", "Of")
        for each in found:
            at = moment_text(each.at, context.workspace.config.timezone)
            rows.add_row(at, plain(each.person), each.action.replace("_", " "), plain(each.subject))
        show(rows)


def _password(from_input: bool) -> str:
    """Never an argument: those are seen by everybody on the machine."""
    if from_input or not sys.stdin.isatty():
        return clean(sys.stdin.readline().rstrip("\r\n"))
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _answer(as_json: bool, answer: dict[str, Any], words: str) -> None:
    if as_json:
        write_line(answer)
        return
    from ui.cli.words import heading

    show(heading(plain(words)))
