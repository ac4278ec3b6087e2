"""Files of surveys: pictures, sounds and videos that are shown beside questions and choices.

Columns are whole numbers and text only, as in 0001: content is kept as base64, in parts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

whole = sa.BigInteger()
text = sa.Text()


def upgrade() -> None:
    op.create_table(
        "files",
        # Of the content, so that the same file is kept once, whatever it is called.
        sa.Column("digest", text, primary_key=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("mime", text, nullable=False),
        # When somebody last brought it: for an hour it is nobody's to erase.
        sa.Column("kept_at", whole, nullable=False),
    )
    op.create_table(
        "file_parts",
        sa.Column("digest", text, _whole_file(), primary_key=True),
        sa.Column("number", whole, primary_key=True),
        sa.Column("content", text, nullable=False),
    )
    # Telegram's handles to them, each good for one bot.
    op.create_table(
        "file_ids",
        sa.Column("digest", text, _whole_file(), primary_key=True),
        sa.Column("bot", text, primary_key=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("file_id", text, nullable=False),
    )
    op.create_table(
        "survey_files",
        sa.Column("survey_id", whole, sa.ForeignKey("surveys.id"), primary_key=True),
        sa.Column("version", whole, primary_key=True),
        sa.Column("name", text, primary_key=True),
        sa.Column("digest", text, sa.ForeignKey("files.digest"), nullable=False),
    )
    op.create_index("survey_files_by_digest", "survey_files", ["digest"])
    op.create_table(
        "draft_files",
        sa.Column(
            "draft_id", whole, sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("name", text, primary_key=True),
        sa.Column("digest", text, sa.ForeignKey("files.digest"), nullable=False),
    )
    op.create_index("draft_files_by_digest", "draft_files", ["digest"])


def downgrade() -> None:
    for table in ("draft_files", "survey_files", "file_ids", "file_parts", "files"):
        op.drop_table(table)


def _whole_file() -> sa.ForeignKey:
    return sa.ForeignKey("files.digest", ondelete="CASCADE")
