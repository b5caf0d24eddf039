"""Fuzzing of every parser of text from outside: `make fuzz`, and a short version in `make test`."""
