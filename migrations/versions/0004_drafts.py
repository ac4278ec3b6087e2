"""Drafts: forms that authors have sent, until they are published or given up.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

whole = sa.BigInteger()
text = sa.Text()
WAITING = sa.text("file_id <> ''")


def upgrade() -> None:
    kind = whole.with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "drafts",
        sa.Column("id", kind, primary_key=True, autoincrement=True),
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), nullable=False),
        # Telegram's handle to the file; empty once it has been read.
        sa.Column("file_id", text, nullable=False),
        sa.Column("filename", text, nullable=False),
        sa.Column("received_at", whole, nullable=False),
        # When to read it next, and how often that was begun.
        sa.Column("due_at", whole, nullable=False),
        sa.Column("attempts", whole, nullable=False, server_default="0"),
        # What was read: the form, where it can be used, and what is to be said of it.
        sa.Column("name", text, nullable=False, server_default=""),
        sa.Column("title", text, nullable=False, server_default="{}"),
        sa.Column("languages", text, nullable=False, server_default="[]"),
        sa.Column("unreviewed", text, nullable=False, server_default="[]"),
        sa.Column("questions", whole, nullable=False, server_default="0"),
        sa.Column("xform", text, nullable=False, server_default=""),
        sa.Column("lists", text, nullable=False, server_default="{}"),
        sa.Column("trouble", text, nullable=False, server_default=""),
        sa.Column("report", text, nullable=False, server_default="[]"),
        # No number is given twice: old buttons and mailings name drafts by it.
        sqlite_autoincrement=True,
    )
    op.create_index("drafts_by_person", "drafts", ["person_id"])
    op.create_index(
        "drafts_waiting", "drafts", ["due_at", "id"],
        sqlite_where=WAITING, postgresql_where=WAITING,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("drafts")
