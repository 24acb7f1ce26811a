"""Clock, ids, errors, words. Standard library only; everything may import it."""
