"""What a message names: times, things, people, places, quantities and data, each with its place."""
