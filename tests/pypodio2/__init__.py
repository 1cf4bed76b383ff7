"""pypodio2, Podio's own Python client of 2012, on the emulator."""
