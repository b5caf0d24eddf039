"""Parse the metadata of a file in any of the formats that content repositories use."""
