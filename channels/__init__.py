"""Messaging providers, one module each, all behind `domain.ports.Channel`. None knows another or the web framework."""
