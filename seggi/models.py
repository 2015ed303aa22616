"""Registers, offices, nominations and fees."""
