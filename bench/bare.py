"""The bare endpoint that `ack` compares with: FastAPI, a pool, one INSERT. `python -m bench.bare URL PORT`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool


def create_app(url: str) -> FastAPI:
    pool = AsyncConnectionPool(url, min_size=2, max_size=10, open=False, kwargs={"autocommit": True})

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with pool:
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/arrived")
    async def arrived(request: Request) -> dict[str, Any]:
        async with pool.connection() as connection:
            await connection.execute("INSERT INTO arrived (body) VALUES (%s)", [Jsonb(await request.json())])
        return {"status": "received"}

    return app


if __name__ == "__main__":
    uvicorn.run(create_app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
