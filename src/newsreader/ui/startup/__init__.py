"""The first frame and the handover to Textual."""
