"""The worker: the sequencer, the journey that follows the ledger, and jobs by the clock."""
