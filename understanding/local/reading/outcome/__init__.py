"""The commands of a whole message looked at together, and beside what is booked or ordered already."""
