"""The demo: made-up people in every state of every province, and a page that shows the way."""
