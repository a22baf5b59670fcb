"""A city in one file, and back: `making` writes it, `restoring` reads it, `archive` is its form.

Keys are not in it. They are a file of their own, to be kept elsewhere: whoever steals one of the
two has either sealed contacts and no key to them, or keys to nothing.
"""
