"""What the commands share: arguments, selections, progress and running."""
