"""``dayroute callbacks``: secrets by which whoever is called back can tell that it was us."""

from typing import Annotated, Final

import typer

from api.settings import PREFIX
from api.terminal import say, settings_with, wrong
from api.wiring import signer_of
from service.callbacks.secrets import SecretUnusableError, new_secret

callbacks: Final = typer.Typer(help="Secrets of callbacks.", no_args_is_help=True)


@callbacks.command("new-secret")
def make_secret() -> None:
    """Make a secret of the service, to be set as DAYROUTE_CALLBACK_SECRETS wherever it runs."""
    say([new_secret()])


@callbacks.command("secret")
def show_secret(
    tenant: Annotated[str, typer.Argument(help="Whose callbacks are to be verified")] = "default",
) -> None:
    """Show the secret by which a tenant verifies signatures; two while one takes the place of the other."""
    try:
        signer = signer_of(settings_with())
    except SecretUnusableError as error:
        raise wrong(str(error)) from None
    if signer is None:
        message = f"{PREFIX}CALLBACK_SECRETS is not set: nobody is called back."
        raise wrong(message)
    say(signer.secrets_of(tenant))
