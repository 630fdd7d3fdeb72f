"""What every HTTP adapter shares: who asks, what he may ask, and how an answer looks.

A context's `api.py` speaks these words and no others: `context` (the request: ledger, actor,
clock, ids), `receipts.run` (do it and answer), `preconditions.tagged` and `paging.page` (show it),
and its rows in `permissions`. Refusals are answered by `errors`, never by a view.
"""
