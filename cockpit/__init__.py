"""Web pages: the playground, later the cockpit. Async at the edge; everything asked of the database is plain."""
