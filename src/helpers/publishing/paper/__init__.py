"""The report on paper: one description of its sections, as PDF, Word and Excel."""
