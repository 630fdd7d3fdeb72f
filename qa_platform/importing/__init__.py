"""Files from outside: read exactly, checked for damage, brought in row by row, and reported.

Nothing here guesses in silence. What is certain is repaired and listed with before and after;
what is not is reported by line and column and stays out; a file that cannot be trusted as a
whole (wrong encoding, torn rows, slipped columns) is refused with the row where it went wrong.

| File | What it knows |
| --- | --- |
| `reading` | bytes -> a sheet of cells with line numbers: CSV, Excel, JSON; encodings |
| `profile` | which column is which field, and what its cells look like |
| `cells` | one cell -> a count, a list, a plain line of text; or why not |
| `damage` | text that was mangled: what is certain to repair, and what is lost |
| `slips` | rows torn apart, columns that slipped |
| `matching` | which names are one provider; which titles are double; ids that stay the same |
| `courses` | sheet and profile -> courses ready to draft, and everything to report; pure |
| `run` | courses -> commands in batches through the ledger; resumable |
| `report` | what a person is told |
"""
