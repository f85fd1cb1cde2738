"""Load programs: what a turn, an acknowledgement and a long conversation cost, beside a bare floor in the same run."""
