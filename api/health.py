"""Is it alive, does its database answer, does its Redis answer, and what it counts."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from api.parts import of
from domain.errors import Unavailable

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """`disabled`: not configured, and not needed."""

    status: Literal["ok", "down", "disabled"]


@router.get("/health", summary="Alive")
async def alive() -> Health:
    """This process answers; nothing else is asked."""
    return Health(status="ok")


@router.get("/health/db", summary="Database", responses={503: {"model": Health}})
async def database(request: Request, response: Response) -> Health:
    """Whether Postgres answers; 503 when it does not."""
    try:
        await of(request).database.ping()
    except Unavailable:
        response.status_code = 503
        return Health(status="down")
    return Health(status="ok")


@router.get("/health/redis", summary="Redis", responses={503: {"model": Health}})
async def redis(request: Request, response: Response) -> Health:
    """Whether Redis answers; `disabled` without REDIS_URL."""
    answers = await of(request).limiter.redis_answers()
    if answers is None:
        return Health(status="disabled")
    response.status_code = 200 if answers else 503
    return Health(status="ok" if answers else "down")


@router.get("/metrics", summary="Prometheus metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Counters, gauges and histograms in Prometheus's text format."""
    parts = of(request)
    return Response(await parts.metrics.exposition(parts.waiting), media_type=CONTENT_TYPE_LATEST)
