"""The command line: what each command needs, and one clear line when it does not work."""
