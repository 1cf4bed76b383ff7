"""Signing in to the emulator: clients, scopes, grants, tokens, and the consent page."""
