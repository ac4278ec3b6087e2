"""What is owed to people: mailings, deliveries, leases; reminders, open cards, roles.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

whole = sa.BigInteger()
text = sa.Text()
OPEN = sa.text("state IN ('due', 'retry')")
CLAIMED = sa.text("state = 'claimed'")


def key() -> sa.Column[int]:
    """A primary key that the database counts up."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


def person(**more: bool) -> sa.Column[int]:
    """A column that names a person."""
    return sa.Column("person_id", whole, sa.ForeignKey("people.id"), nullable=False, **more)


def upgrade() -> None:
    # Since when an event has the time it has: what was due before that is not owed any more.
    op.add_column("events", sa.Column("timed_at", whole, nullable=False, server_default="0"))
    # When the person said that they are still coming.
    op.add_column("bookings", sa.Column("confirmed_at", whole))
    op.create_table(
        "mailings",
        key(),
        sa.Column("name", text, nullable=False, unique=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("subject", whole, nullable=False),
        sa.Column("details", text, nullable=False),
        sa.Column("lane", whole, nullable=False),
        sa.Column("due_at", whole, nullable=False),
        sa.Column("not_after", whole, nullable=False),
        sa.Column("created_at", whole, nullable=False),
    )
    op.create_index("mailings_by_subject", "mailings", ["subject", "kind"])
    op.create_table(
        "deliveries",
        key(),
        sa.Column("mailing_id", whole, sa.ForeignKey("mailings.id"), nullable=False),
        person(),
        sa.Column("edits", whole, nullable=False, server_default="0"),
        sa.Column("lane", whole, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("reason", text, nullable=False, server_default=""),
        sa.Column("due_at", whole, nullable=False),
        sa.Column("not_after", whole, nullable=False),
        sa.Column("attempts", whole, nullable=False, server_default="0"),
        sa.Column("claimed_by", text),
        sa.Column("message_id", whole),
        sa.Column("settled_at", whole),
        sa.UniqueConstraint("mailing_id", "person_id", "edits"),
    )
    # These two hold only what is still to be done, so they stay small however much was sent.
    op.create_index(
        "deliveries_open", "deliveries", ["lane", "due_at", "id"],
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "deliveries_claimed", "deliveries", ["claimed_by"],
        sqlite_where=CLAIMED, postgresql_where=CLAIMED,
    )  # fmt: skip
    op.create_index("deliveries_by_person", "deliveries", ["person_id", "mailing_id"])
    op.create_table(
        "leases",
        sa.Column("name", text, primary_key=True),
        sa.Column("holder", text, nullable=False),
        sa.Column("until", whole, nullable=False),
    )
    op.create_table(
        "reminders",
        person(primary_key=True),
        sa.Column("leads", whole, nullable=False),
        sa.Column("updated_at", whole, nullable=False),
    )
    op.create_table(
        "cards",
        person(primary_key=True),
        sa.Column("message_id", whole, primary_key=True),
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("look", text, nullable=False),
        sa.Column("shown_at", whole, nullable=False),
    )
    op.create_index("cards_by_event", "cards", ["event_id"])
    op.create_table(
        "feedback",
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), primary_key=True),
        sa.Column("answer", text, primary_key=True),
        sa.Column("people", whole, nullable=False),
    )
    op.create_table(
        "feedback_given",
        person(primary_key=True),
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), primary_key=True),
    )
    op.create_table(
        "roles",
        person(primary_key=True),
        sa.Column("role", text, primary_key=True),
        sa.Column("given_at", whole, nullable=False),
    )
    op.create_table(
        "invites",
        sa.Column("digest", text, primary_key=True),
        sa.Column("role", text, nullable=False),
        sa.Column("expires_at", whole, nullable=False),
        # When somebody accepted it; not who.
        sa.Column("used_at", whole),
    )


def downgrade() -> None:
    for table in (
        "invites", "roles", "feedback_given", "feedback", "cards", "reminders", "leases",
        "deliveries", "mailings",
    ):  # fmt: skip
        op.drop_table(table)
    for table, column in (("bookings", "confirmed_at"), ("events", "timed_at")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
