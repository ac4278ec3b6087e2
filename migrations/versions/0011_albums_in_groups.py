"""Albums in groups, so that all of one can be taken away again.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # The numbers of all messages of an album, as a JSON list.
    op.add_column("posts", sa.Column("album", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("posts", "album")
