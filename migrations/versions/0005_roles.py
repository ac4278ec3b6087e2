"""Roles that hold in one place, invites that can be taken back, and what was done with roles.

Columns are whole numbers and text only, as in 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

whole = sa.BigInteger()
text = sa.Text()
SIX_YEARS = 6 * 366 * 86_400 * 1_000_000
"""As in bot/people/acts.py, in microseconds."""
TOO_YOUNG = f"OLD.at >= (SELECT MAX(at) FROM acts) - {SIX_YEARS}"
SQLITE_TRIGGERS = (
    "CREATE TRIGGER acts_do_not_change BEFORE UPDATE ON acts "
    "BEGIN SELECT RAISE(ABORT, 'acts do not change'); END",
    f"CREATE TRIGGER acts_stay BEFORE DELETE ON acts WHEN {TOO_YOUNG} "
    "BEGIN SELECT RAISE(ABORT, 'acts stay for six years'); END",
    # INSERT OR REPLACE would take a row's place without asking the two above.
    "CREATE TRIGGER acts_keep_their_place BEFORE INSERT ON acts "
    "WHEN EXISTS (SELECT 1 FROM acts WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'acts do not change'); END",
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'DELETE' THEN RAISE EXCEPTION 'acts do not change'; END IF;
      IF {TOO_YOUNG} THEN RAISE EXCEPTION 'acts stay for six years'; END IF;
      RETURN OLD;
    END $$""",
    "CREATE TRIGGER acts_stay BEFORE UPDATE OR DELETE ON acts "
    "FOR EACH ROW EXECUTE FUNCTION acts_stay()",
    "CREATE TRIGGER acts_are_not_emptied BEFORE TRUNCATE ON acts "
    "FOR EACH STATEMENT EXECUTE FUNCTION acts_stay()",
)


def key() -> sa.Column[int]:
    """A primary key that the database counts up."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        _give_no_number_twice()
    op.rename_table("roles", "roles_before")
    op.create_table(
        "roles",
        key(),
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("role", text, nullable=False),
        # Where it holds; empty: everywhere, and for everybody.
        sa.Column("borough", text, nullable=False, server_default=""),
        sa.Column("group_name", text, nullable=False, server_default=""),
        # By what those who give roles tell its holder from others.
        sa.Column("label", text, nullable=False, server_default=""),
        sa.Column("given_at", whole, nullable=False),
        sa.UniqueConstraint("person_id", "role", "borough", "group_name"),
        # No number is given twice: old buttons and mailings name roles by it.
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO roles (person_id, role, given_at) "
        "SELECT person_id, role, given_at FROM roles_before ORDER BY given_at, person_id, role"
    )
    op.drop_table("roles_before")
    op.rename_table("invites", "invites_before")
    op.create_table(
        "invites",
        key(),
        sa.Column("digest", text, nullable=False, unique=True),
        sa.Column("role", text, nullable=False),
        sa.Column("borough", text, nullable=False, server_default=""),
        sa.Column("group_name", text, nullable=False, server_default=""),
        sa.Column("label", text, nullable=False, server_default=""),
        sa.Column("expires_at", whole, nullable=False),
        # When somebody accepted it, or took it back; not who.
        sa.Column("used_at", whole),
        sa.Column("revoked_at", whole),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO invites (digest, role, expires_at, used_at) "
        "SELECT digest, role, expires_at, used_at FROM invites_before ORDER BY expires_at, digest"
    )
    op.drop_table("invites_before")
    op.create_table(
        "acts",
        key(),
        sa.Column("at", whole, nullable=False),
        sa.Column("act", text, nullable=False),
        # A person's number of ours, and no reference: the act stays when the person goes.
        sa.Column("actor", whole),
        sa.Column("subject", text, nullable=False),
        sa.Column("details", text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("acts_by_time", "acts", ["at"])
    op.create_index("acts_by_actor", "acts", ["actor", "at"])
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _give_no_number_twice() -> None:
    """Let SQLite give the number of somebody who left to nobody else, as PostgreSQL does.

    Acts name people by it. Foreign keys are not looked at here, and name the table, not what it is
    made of.
    """
    op.create_table(
        "people_after",
        key(),
        sa.Column("telegram_id", whole, nullable=False, unique=True),
        sa.Column("language", text),
        sa.Column("borough", text),
        sa.Column("outcode", text),
        sa.Column("source", text),
        sa.Column("stopped_at", whole),
        sa.Column("blocked_at", whole),
        sa.Column("created_at", whole, nullable=False),
        sqlite_autoincrement=True,
    )
    columns = "id, telegram_id, language, borough, outcode, source, stopped_at, blocked_at"
    op.execute(
        f"INSERT INTO people_after ({columns}, created_at) "  # noqa: S608 -- our own columns
        f"SELECT {columns}, created_at FROM people"
    )
    op.drop_table("people")
    op.rename_table("people_after", "people")


def downgrade() -> None:
    op.drop_table("acts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION acts_stay()")
    op.rename_table("roles", "roles_after")
    op.create_table(
        "roles",
        sa.Column("person_id", whole, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("role", text, primary_key=True),
        sa.Column("given_at", whole, nullable=False),
    )
    # A role that held in one place only must not come back as one that holds everywhere.
    op.execute(
        "INSERT INTO roles (person_id, role, given_at) SELECT person_id, role, given_at "
        "FROM roles_after WHERE borough = '' AND group_name = ''"
    )
    op.drop_table("roles_after")
    op.rename_table("invites", "invites_after")
    op.create_table(
        "invites",
        sa.Column("digest", text, primary_key=True),
        sa.Column("role", text, nullable=False),
        sa.Column("expires_at", whole, nullable=False),
        sa.Column("used_at", whole),
    )
    op.execute(
        "INSERT INTO invites (digest, role, expires_at, used_at) SELECT digest, role, expires_at, "
        "used_at FROM invites_after "
        "WHERE borough = '' AND group_name = '' AND revoked_at IS NULL"
    )
    op.drop_table("invites_after")
