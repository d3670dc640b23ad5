"""The stock of single items, asked for between two syncs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_check",
        sa.Column("item", sa.Integer, primary_key=True),
        sa.Column("checked_at", sa.Text, nullable=False),
        sa.Column("stock", sa.Text, nullable=False),
    )
