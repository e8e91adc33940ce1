"""Modules of calls: clients, resources, methods."""
