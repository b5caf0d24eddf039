"""What comes from the network, on request: pages, pictures, links, records. The only place with httpx."""
