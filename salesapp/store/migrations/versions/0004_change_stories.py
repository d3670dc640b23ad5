"""What a change of a customer began with, and what gave way to it: a conflict can be shown field by field."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record", sa.Column("story", sa.Text))
