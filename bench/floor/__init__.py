"""The floor: the least that Django does for the same answer on the same tables.

No routing to a body, no checks, no templates, no middleware: the same rows are inserted in one
transaction, the secret of each hashed as it has to be (or rows are read by one query), and the same
number of bytes goes out. What the product is slower by is what it does for a living.
"""
