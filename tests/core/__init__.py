"""The rules of a circle, tested without a file, a screen or a clock of the machine's."""
