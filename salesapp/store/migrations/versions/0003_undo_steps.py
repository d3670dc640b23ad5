"""What a draft was before each of its last changes, so that they can be taken back after a restart as well."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undo_step",
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("cart", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("record", "step"),
    )
