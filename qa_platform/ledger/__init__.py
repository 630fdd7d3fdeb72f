"""The event store: the only way to change anything, and the only truth about what happened.

`ledger` decides and appends, `reader` reads, `record` says what one stored event is, `sequencer`
gives the one order, `subscription` follows it, `projection` and `rebuild` make tables for
questions, `keys` and `sealing` hold what opens personal data.
"""
