"""What sites and feeds publish -> records as files of a corpus. Nothing here fetches or writes."""
