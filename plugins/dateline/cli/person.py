"""Who is at the keyboard: the name that stands beside verdicts and erasures."""

import getpass

from dateline.errors import SettingsError


def person(named: str | None) -> str:
    """Return the name that was given, else that of the login. Raises :class:`SettingsError` where there is none."""
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # a container may run as a number that no name belongs to
        raise SettingsError("this login has no name, and one is kept with what you say. Give it: --by NAME") from error
