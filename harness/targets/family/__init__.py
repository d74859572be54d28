"""What the apps of the opencode family have in common: API, prompts, events, a stage."""
