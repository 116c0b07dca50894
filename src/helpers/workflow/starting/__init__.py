"""A run started from another: parameters, tables to fill in, a checklist."""
