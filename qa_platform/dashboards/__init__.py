"""Pages and queries that look across contexts: whose turn it is in a case, since when, and by when it is due."""
