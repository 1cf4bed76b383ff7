"""Podio on the command line: ``python -m podio --help``."""

from podio._cli.main import main

if __name__ == "__main__":
    main()
