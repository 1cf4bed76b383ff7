"""What builds, serves and checks the site; nothing here ships with it."""
