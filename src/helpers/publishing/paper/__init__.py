"""The report on paper: one description read off the page's body, as PDF, Word and Excel."""
