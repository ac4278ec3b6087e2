"""Follows: the topics, boroughs and groups of which people want news.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("person_id", sa.BigInteger(), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
    )
    # Whom a piece of news is for.
    op.create_index("follows_by_key", "follows", ["kind", "key", "person_id"])


def downgrade() -> None:
    op.drop_table("follows")
