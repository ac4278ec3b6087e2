"""What the bot is called, for links to it."""

from bot.chat.http import ApiError, ApiUnreachable, TelegramHttp
from bot.config import Settings
from bot.errors import SettingsProblem


async def username_of(settings: Settings) -> str:
    """Ask Telegram what the bot of these settings is called.

    Raises:
        SettingsProblem: there is no token, or Telegram did not say.
    """
    if settings.token is None:
        raise SettingsProblem("Give --username, or set BAOBAB_TOKEN so that Telegram can be asked.")
    http = TelegramHttp(settings.api_url, settings.token)
    try:
        me = await http.call("getMe", {})
    except (ApiError, ApiUnreachable) as error:
        raise SettingsProblem(
            f"Telegram did not say who the bot is ({type(error).__name__}). Give --username."
        ) from None
    finally:
        await http.close()
    return str(me["username"])
