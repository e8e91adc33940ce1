"""Scenarios of another vendor's suite for client generators: every call goes to their own mock server."""
