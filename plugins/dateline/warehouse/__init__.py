"""The warehouse: the tables, how snapshots become rows in them, and how questions are asked of them."""
