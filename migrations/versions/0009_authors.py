"""What authors need: lists sent after a form, figures about it, and who changed a survey last.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

whole = sa.BigInteger()
text = sa.Text()


def upgrade() -> None:
    # What a form is in numbers: texts by language, and the ways through it.
    op.add_column("drafts", sa.Column("figures", text, nullable=False, server_default="{}"))
    # Telegram's handle to the form, as long as it cannot be used: it is read again with its lists.
    op.add_column("drafts", sa.Column("origin", text, nullable=False, server_default=""))
    # The lists that were sent for it: name -> Telegram's handle.
    op.add_column("drafts", sa.Column("beside", text, nullable=False, server_default="{}"))
    # Titles that were typed in the chat, by language: what they took the place of, and themselves.
    op.add_column("surveys", sa.Column("titles", text, nullable=False, server_default="{}"))
    # Who published or closed it last, by our own number, and when; empty: from the command line.
    op.add_column("surveys", sa.Column("changed_by", whole))
    op.add_column("surveys", sa.Column("changed_at", whole))


def downgrade() -> None:
    for column in ("titles", "changed_by", "changed_at"):
        op.drop_column("surveys", column)
    for column in ("figures", "origin", "beside"):
        op.drop_column("drafts", column)
