"""Modules of models: classes, enums, type expressions, wire facts."""
