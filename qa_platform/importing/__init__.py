"""Files from outside: read exactly, checked for damage, brought in row by row, and reported.

Nothing here guesses in silence. What is certain is repaired and listed with before and after;
what is not is reported by line and column and stays out; a file that cannot be trusted as a
whole (wrong encoding, torn rows, slipped columns) is refused with the row where it went wrong.

| File | What it knows |
| --- | --- |
| `reading/` | bytes -> a sheet of cells with line numbers: CSV, Excel, JSON; encodings |
| `profile` | which column is which field, and what its cells hold; `profiles/` ship |
| `cells` | one cell -> a count, a list, a line of text; or why not |
| `damage` | text that was mangled: what is certain to repair, and what is lost |
| `shapes` | what a cell looks like, and what a column usually holds |
| `torn` `slips` `neighbours` | rows torn apart, columns that slipped sideways, or up and down |
| `columns` `rows` | which columns are used; what one row says, and what is wrong with it |
| `matching` | which names are one provider; ids that come out the same every time |
| `courses` | sheet and profile -> courses ready to draft, and all there is to report; pure |
| `run` | courses -> commands in batches through the ledger; taken up again after a kill |
| `report` | what a person is told, and what a script |
| `history/` | what other agencies published of their decisions, and its check against their records |
"""
