"""Qué es una comprobación y cómo se juzga; no conoce ninguna."""
