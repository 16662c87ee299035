"""A warehouse of any size, of the shape that real coverage has, and what is measured on it."""
