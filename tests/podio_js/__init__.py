"""The emulator, asked as its users ask it: by HTTP."""
