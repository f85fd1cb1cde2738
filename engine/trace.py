"""Where an exception came from, without what it carried: values in it may be a customer's words."""

from __future__ import annotations

import traceback
from pathlib import Path

FRAMES = 3


def where(error: BaseException, frames: int = FRAMES) -> str:
    """The innermost frames, outermost first: `act.py:40 act > booking.py:77 book`."""
    innermost = traceback.extract_tb(error.__traceback__)[-frames:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in innermost)
