"""Files become records here."""
