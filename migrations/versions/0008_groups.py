"""Groups at Telegram that the bot is in, cards shared in other chats, and posts to both.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

whole = sa.BigInteger()
text = sa.Text()
OPEN = sa.text("state IN ('due', 'retry')")


def key() -> sa.Column[int]:
    """A primary key that the database counts up."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


def upgrade() -> None:
    op.create_table(
        "groups",
        key(),
        sa.Column("chat_id", whole, nullable=False, unique=True),
        # As Telegram gives it; empty once the bot is out.
        sa.Column("title", text, nullable=False),
        sa.Column("kind", text, nullable=False, server_default="none"),
        sa.Column("borough", text),
        sa.Column("language", text, nullable=False),
        sa.Column("since", whole, nullable=False),
        sa.Column("removed_at", whole),
        # When the bot last answered a command there.
        sa.Column("spoke_at", whole, nullable=False, server_default="0"),
    )
    # Cards of events in chats that the bot may not even be in; not who shared them.
    op.create_table(
        "shared_cards",
        sa.Column("inline_message_id", text, primary_key=True),
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("language", text, nullable=False),
        sa.Column("shared_at", whole, nullable=False),
    )
    op.create_index("shared_cards_by_event", "shared_cards", ["event_id"])
    # A mailing's share of a group (then card is empty) or of a shared card (then group_id is 0).
    op.create_table(
        "posts",
        key(),
        sa.Column("mailing_id", whole, sa.ForeignKey("mailings.id"), nullable=False),
        sa.Column("group_id", whole, nullable=False, server_default="0"),
        sa.Column("card", text, nullable=False, server_default=""),
        sa.Column("edits", whole, nullable=False, server_default="0"),
        sa.Column("state", text, nullable=False),
        sa.Column("reason", text, nullable=False, server_default=""),
        sa.Column("due_at", whole, nullable=False),
        sa.Column("not_after", whole, nullable=False),
        sa.Column("attempts", whole, nullable=False, server_default="0"),
        sa.Column("claimed_by", text),
        sa.Column("message_id", whole),
        sa.Column("settled_at", whole),
        sa.UniqueConstraint("mailing_id", "group_id", "card", "edits"),
    )
    op.create_index(
        "posts_open", "posts", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    for table in ("posts", "shared_cards", "groups"):
        op.drop_table(table)
