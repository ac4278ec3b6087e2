"""Messages that show how far a broadcast has come: any number of them, and not only the last.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

whole = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "broadcast_screens",
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("message_id", whole, primary_key=True),
        sa.Column("broadcast_id", whole, sa.ForeignKey("broadcasts.id"), nullable=False),
    )
    op.create_index("broadcast_screens_by_broadcast", "broadcast_screens", ["broadcast_id"])
    op.execute(
        "INSERT INTO broadcast_screens (person_id, message_id, broadcast_id) "
        "SELECT people.id, broadcasts.shown_message, broadcasts.id "
        "FROM broadcasts JOIN people ON people.telegram_id = broadcasts.shown_in "
        "WHERE broadcasts.shown_message IS NOT NULL ON CONFLICT DO NOTHING"
    )
    op.drop_index("broadcasts_shown")
    op.drop_column("broadcasts", "shown_in")
    op.drop_column("broadcasts", "shown_message")


def downgrade() -> None:
    op.add_column("broadcasts", sa.Column("shown_in", whole))
    op.add_column("broadcasts", sa.Column("shown_message", whole))
    shown = sa.text("shown_message IS NOT NULL")
    op.create_index(
        "broadcasts_shown", "broadcasts", ["shown_message"],
        sqlite_where=shown, postgresql_where=shown,
    )  # fmt: skip
    op.drop_table("broadcast_screens")
