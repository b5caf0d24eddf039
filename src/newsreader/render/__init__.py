"""What is shown, as lines of text with roles, whatever shows it: a terminal, a prompt, a pipe."""
