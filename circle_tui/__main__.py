"""`python -m circle_tui` is `circle-tui`."""

from circle_tui.cli.main import main

if __name__ == "__main__":
    main()
