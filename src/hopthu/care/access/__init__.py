"""Everything that the city holds about one report, in one file, for whoever holds its code.

`parts` says which fields are told and which are not, and why; `holdings` reads them, `readme`
explains them, `package` makes the file.
"""
