"""Surveys: published forms, and what their finished interviews leave behind.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

whole = sa.BigInteger()
text = sa.Text()


def upgrade() -> None:
    kind = whole.with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "surveys",
        sa.Column("id", kind, primary_key=True, autoincrement=True),
        sa.Column("name", text, nullable=False, unique=True),
        sa.Column("audience", text, nullable=False),
        # The version that whoever begins now gets.
        sa.Column("version", whole, nullable=False),
        sa.Column("opens_at", whole, nullable=False),
        sa.Column("closes_at", whole),
    )
    op.create_table(
        "survey_versions",
        sa.Column("survey_id", whole, sa.ForeignKey("surveys.id"), primary_key=True),
        sa.Column("number", whole, primary_key=True),
        sa.Column("title", text, nullable=False),
        # Codes of the languages in which it is complete, and names of all it has.
        sa.Column("languages", text, nullable=False),
        sa.Column("unreviewed", text, nullable=False),
        sa.Column("questions", whole, nullable=False),
        sa.Column("xform", text, nullable=False),
        sa.Column("lists", text, nullable=False),
        sa.Column("digest", text, nullable=False),
    )
    # No person, no time, and a key by chance: rows do not even stand in the order in which they
    # came.
    op.create_table(
        "responses",
        sa.Column("key", text, primary_key=True),
        sa.Column("survey_id", whole, sa.ForeignKey("surveys.id"), nullable=False),
        sa.Column("version", whole, nullable=False),
        sa.Column("record", text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("responses_by_survey", "responses", ["survey_id"])
    op.create_index("interviews_by_form", "interviews", ["form", "updated_at"])


def downgrade() -> None:
    op.drop_index("interviews_by_form", "interviews")
    for table in ("responses", "survey_versions", "surveys"):
        op.drop_table(table)
