"""What a database's files keep of words that are gone from every query, and its clearing.

A database that is told to delete forgets where something stood, not always what: in pages that
were split, in the index of three-letter pieces, in the write-ahead log, in old versions of a row.
`left_behind` counts, in the transaction of a step that takes words away; `clear` is the job of
`hopthu work` that has the files written anew. Until it has, `outstanding` says so.

    sqlite      within seconds of the step; the pages of the city go on being read meanwhile
    postgres    in the night after it, as its tables cannot be read meanwhile
"""

from hopthu.reports.residue.clearing import Clearing, clear_now
from hopthu.reports.residue.counting import left_behind, outstanding

__all__ = ["Clearing", "clear_now", "left_behind", "outstanding"]
