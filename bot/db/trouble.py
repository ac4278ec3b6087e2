"""What passes by itself, told apart from what is wrong with us."""

from bot.errors import DatabaseBusy


def busy(why: str) -> DatabaseBusy:
    """The database cannot do it this time.

    Args:
        why: what the driver calls it.
    """
    return DatabaseBusy(f"The database cannot do this now ({why}). Nothing was changed; try again.")
