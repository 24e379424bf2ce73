"""The real program, in a terminal of its own. Real time passes here, and nowhere else."""
