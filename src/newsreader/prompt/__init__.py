"""Reading without a full screen: numbered lists and stories as plain text, and commands at a prompt."""
