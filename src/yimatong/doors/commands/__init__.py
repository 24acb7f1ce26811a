"""What an operator can do on the server, one module for each group of commands."""
