"""The commands of `yimatong`, one module each; `register(app)` adds it to the command line."""
