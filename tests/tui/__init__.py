"""The screens, driven by keys on a clock moved by hand, and as pictures."""
