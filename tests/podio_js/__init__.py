"""The emulator, called as its users call it: by HTTP."""
