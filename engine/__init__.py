"""Receives webhooks, runs turns, delivers replies: the loop around the graph."""
