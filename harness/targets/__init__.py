"""How actions are performed and state is read, one file an app."""
