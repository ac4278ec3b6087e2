"""People, events, bookings, saved conversations and the inbox.

Columns are whole numbers and text only, so that SQLite and PostgreSQL mean the same by them:
times are UTC microseconds since 1970, structures are JSON, positions are millionths of a degree.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

whole = sa.BigInteger()
text = sa.Text()


def key() -> sa.Column[int]:
    """A primary key that the database counts up."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


def person(**more: bool) -> sa.Column[int]:
    """A column that names a person."""
    return sa.Column("person_id", whole, sa.ForeignKey("people.id"), nullable=False, **more)


def upgrade() -> None:
    op.create_table(
        "people",
        key(),
        sa.Column("telegram_id", whole, nullable=False, unique=True),
        sa.Column("language", text),
        sa.Column("borough", text),
        sa.Column("outcode", text),
        sa.Column("source", text),
        sa.Column("stopped_at", whole),
        sa.Column("blocked_at", whole),
        sa.Column("created_at", whole, nullable=False),
    )
    op.create_table(
        "consents",
        key(),
        person(),
        sa.Column("purpose", text, nullable=False),
        sa.Column("wording", text, nullable=False),
        sa.Column("language", text, nullable=False),
        sa.Column("given", whole, nullable=False),
        sa.Column("at", whole, nullable=False),
    )
    op.create_index("consents_by_person", "consents", ["person_id", "purpose", "id"])
    op.create_table(
        "needs",
        person(primary_key=True),
        sa.Column("sealed", text, nullable=False),
        sa.Column("updated_at", whole, nullable=False),
    )
    op.create_table(
        "events",
        key(),
        sa.Column("uid", text, nullable=False, unique=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("title", text, nullable=False),
        sa.Column("description", text, nullable=False),
        sa.Column("starts_at", whole, nullable=False),
        sa.Column("ends_at", whole, nullable=False),
        sa.Column("timezone", text, nullable=False),
        sa.Column("venue", text, nullable=False),
        sa.Column("borough", text),
        sa.Column("outcode", text, nullable=False),
        sa.Column("latitude", whole),
        sa.Column("longitude", whole),
        sa.Column("online_link", text, nullable=False),
        sa.Column("organisation", text, nullable=False),
        sa.Column("topics", text, nullable=False),
        sa.Column("capacity", whole),
        sa.Column("going", whole, nullable=False, server_default="0"),
        sa.Column("access", text, nullable=False),
        sa.Column("languages", text, nullable=False),
        sa.Column("status", text, nullable=False),
        sa.Column("sequence", whole, nullable=False),
        sa.Column("sample", whole, nullable=False),
        sa.Column("revision", whole, nullable=False),
        sa.Column("search", text, nullable=False),
        sa.Column("fingerprint", text, nullable=False),
        sa.Column("created_at", whole, nullable=False),
        sa.Column("updated_at", whole, nullable=False),
    )
    op.create_index("events_by_time", "events", ["ends_at", "starts_at"])
    op.create_table(
        "activities",
        key(),
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("uid", text, nullable=False),
        sa.Column("position", whole, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("title", text, nullable=False),
        sa.Column("description", text, nullable=False),
        sa.Column("organisation", text, nullable=False),
        sa.Column("starts_at", whole),
        sa.Column("ends_at", whole),
        sa.Column("capacity", whole),
        sa.Column("slot_minutes", whole),
        sa.UniqueConstraint("event_id", "uid"),
    )
    op.create_table(
        "bookings",
        key(),
        sa.Column("event_id", whole, sa.ForeignKey("events.id"), nullable=False),
        person(),
        sa.Column("state", text, nullable=False),
        sa.Column("source", text, nullable=False),
        sa.Column("booked_at", whole, nullable=False),
        sa.Column("changed_at", whole, nullable=False),
        sa.UniqueConstraint("event_id", "person_id"),
    )
    op.create_index("bookings_by_person", "bookings", ["person_id", "event_id"])
    op.create_table(
        "interviews",
        key(),
        person(),
        sa.Column("form", text, nullable=False),
        sa.Column("version", text, nullable=False),
        sa.Column("subject", text, nullable=False),
        sa.Column("sealed", text, nullable=False),
        sa.Column("revision", whole, nullable=False),
        sa.Column("updated_at", whole, nullable=False),
        sa.UniqueConstraint("person_id", "form"),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", whole, primary_key=True, autoincrement=False),
        sa.Column("person", whole, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("replies", text),
        sa.Column("received_at", whole, nullable=False),
        sa.Column("attempts", whole, nullable=False, server_default="0"),
    )
    op.create_table(
        "seen",
        sa.Column("update_id", whole, primary_key=True, autoincrement=False),
        sa.Column("at", whole, nullable=False),
    )
    op.create_index("seen_by_time", "seen", ["at"])
    op.create_table(
        "meta",
        sa.Column("key", text, primary_key=True),
        sa.Column("value", text, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "meta", "seen", "inbox", "interviews", "bookings", "activities", "events", "needs",
        "consents", "people",
    ):  # fmt: skip
        op.drop_table(table)
