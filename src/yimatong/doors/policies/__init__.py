"""Each policy in plain words: one form of it for the pages, the API and the command line."""
