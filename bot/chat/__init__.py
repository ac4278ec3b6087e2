"""The Telegram adapter: how a message comes in, is handled once, and is answered."""
