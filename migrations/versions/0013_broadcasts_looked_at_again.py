"""Who is at a draft, and what a second person would have changed; for how many people it was; when
a broadcast begins beside when it was to, and which it repeats.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

whole = sa.BigInteger()


def upgrade() -> None:
    # Whoever opened it last, to change it.
    op.add_column("broadcasts", sa.Column("holder_id", whole))
    op.execute("UPDATE broadcasts SET holder_id = editor_id")
    # What a second person asked to be changed.
    op.add_column("broadcasts", sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    # When it begins; that can be later than it was to. And the first one of those that are sent again
    # and again.
    op.add_column("broadcasts", sa.Column("begins_at", whole))
    op.execute("UPDATE broadcasts SET begins_at = send_at WHERE state = 'scheduled'")
    op.add_column("broadcasts", sa.Column("series_id", whole))
    op.execute(
        "UPDATE broadcasts SET series_id = ("
        "SELECT min(earlier.id) FROM broadcasts AS earlier WHERE earlier.id < broadcasts.id "
        "AND earlier.repeats = broadcasts.repeats AND earlier.texts = broadcasts.texts "
        "AND earlier.audience = broadcasts.audience) WHERE repeats <> ''"
    )
    # How many people it was owed to when it began. The deliveries are erased one day.
    op.add_column("broadcasts", sa.Column("people", whole, nullable=False, server_default="0"))
    op.execute(
        "UPDATE broadcasts SET people = "
        "(SELECT count(*) FROM deliveries WHERE deliveries.mailing_id = broadcasts.mailing_id) "
        "WHERE mailing_id IS NOT NULL"
    )
    # docs/decisions/0024: PostgreSQL looks the one mailing up again for each of its deliveries.
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("deliveries_mailing_id_fkey", "deliveries")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(
            "deliveries_mailing_id_fkey", "deliveries", "mailings", ["mailing_id"], ["id"]
        )
    op.drop_column("broadcasts", "people")
    op.drop_column("broadcasts", "series_id")
    op.drop_column("broadcasts", "begins_at")
    op.drop_column("broadcasts", "remark")
    op.drop_column("broadcasts", "holder_id")
