"""`clinic-search token create | revoke | list`: who may see the staff's and the editors' pages."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from search_api.access import AccessFile, Role
from search_api.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Tokens with which staff and editors sign in.")
messages = Console(stderr=True, highlight=False)


@app.command()
def create(
    role: Annotated[Role, typer.Option(help="What its owner may do; an editor may do all that staff may.")],
    name: Annotated[str, typer.Option(help="Whose it is, for the list.")] = "",
) -> None:
    """Make a token and print it, once: only its hash is kept."""
    token, held = _access_file().create(role, name, today=datetime.now(UTC).date())
    sys.stdout.write(held + "\n")
    messages.print(
        f"Keep it like a password; it is not shown again. To end it: clinic-search token revoke {token.token_id}", soft_wrap=True
    )


@app.command()
def revoke(token_id: Annotated[str, typer.Argument(help="The id that `list` shows.")]) -> None:
    """End a token and every session that began with it; a running server follows."""
    token = _access_file().revoke(token_id)
    messages.print(f"The token {token.token_id} ({token.role}) is no longer valid.")


@app.command("list")
def list_tokens() -> None:
    """Show the tokens that are valid."""
    table = Table("id", "role", "name", "created")
    for token in _access_file().tokens().values():
        table.add_row(token.token_id, token.role, token.name, token.created_on.isoformat())
    Console(highlight=False, markup=False).print(table)


def _access_file() -> AccessFile:
    return AccessFile(Settings().access)
