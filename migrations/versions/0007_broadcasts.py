"""Broadcasts: drafts and what became of them, and mailings that can be paused.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

whole = sa.BigInteger()
text = sa.Text()
OPEN = sa.text("state IN ('scheduled', 'sending', 'paused', 'recalling')")
SHOWN = sa.text("shown_message IS NOT NULL")


def upgrade() -> None:
    kind = whole.with_variant(sa.Integer(), "sqlite")
    # 0: it may leave; 1: it is paused; 2: it is called off.
    op.add_column("mailings", sa.Column("hold", whole, nullable=False, server_default="0"))
    # The numbers of all messages of an album, as a JSON list.
    op.add_column("deliveries", sa.Column("album", text, nullable=False, server_default=""))
    op.create_table(
        "broadcasts",
        sa.Column("id", kind, primary_key=True, autoincrement=True),
        sa.Column("state", text, nullable=False),
        # Counts changes of what people would get, so that an approval is of what was seen.
        sa.Column("revision", whole, nullable=False, server_default="0"),
        # Who wrote, changed last, and approved it; empty once they have erased their data.
        sa.Column("author_id", whole),
        sa.Column("editor_id", whole),
        sa.Column("edited_at", whole, nullable=False),
        sa.Column("asked_by", whole),
        sa.Column("approved_by", whole),
        sa.Column("approved_revision", whole),
        # What is said to whom, and when.
        sa.Column("audience", text, nullable=False, server_default="{}"),
        sa.Column("texts", text, nullable=False, server_default="{}"),
        sa.Column("media", text, nullable=False, server_default="[]"),
        sa.Column("buttons", text, nullable=False, server_default="[]"),
        # The numbers of groups in which it is posted as well.
        sa.Column("posts", text, nullable=False, server_default="[]"),
        sa.Column("send_at", whole),
        sa.Column("repeats", text, nullable=False, server_default=""),
        sa.Column("critical", whole, nullable=False, server_default="0"),
        sa.Column("urgent", text, nullable=False, server_default=""),
        # What became of it.
        sa.Column("mailing_id", whole, sa.ForeignKey("mailings.id")),
        sa.Column("recall_id", whole, sa.ForeignKey("mailings.id")),
        sa.Column("follows_id", whole, sa.ForeignKey("broadcasts.id")),
        sa.Column("began_at", whole),
        sa.Column("ended_at", whole),
        # Where its progress is shown.
        sa.Column("shown_in", whole),
        sa.Column("shown_message", whole),
        sa.Column("created_at", whole, nullable=False),
        # No number is given twice: old buttons and mailings name broadcasts by it.
        sqlite_autoincrement=True,
    )
    op.create_index(
        "broadcasts_open", "broadcasts", ["state", "send_at"],
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "broadcasts_shown", "broadcasts", ["shown_message"],
        sqlite_where=SHOWN, postgresql_where=SHOWN,
    )  # fmt: skip
    op.create_index("broadcasts_by_time", "broadcasts", ["created_at"])
    # What people did with a broadcast: opened what it shows, or stopped messages.
    op.create_table(
        "broadcast_marks",
        sa.Column("broadcast_id", whole, sa.ForeignKey("broadcasts.id"), primary_key=True),
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("mark", text, primary_key=True),
        sa.Column("at", whole, nullable=False),
    )
    op.create_index("broadcast_marks_by_person", "broadcast_marks", ["person_id"])
    # Volunteers who may send as much as others.
    op.create_table(
        "trusted",
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("since", whole, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("trusted")
    op.drop_table("broadcast_marks")
    op.drop_table("broadcasts")
    op.drop_column("deliveries", "album")
    op.drop_column("mailings", "hold")
