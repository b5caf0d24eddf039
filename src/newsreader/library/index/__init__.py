"""The index: schema, writer and story linker."""
