"""The rules of a circle, tested without files, screens or the machine's clock."""
