"""The page's frame: what every screen relies on and nothing of any feature."""
