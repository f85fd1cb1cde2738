"""Every error a caller sees, as an RFC 9457 problem document."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from domain import errors

log = structlog.get_logger("http")

# The nearest class of an error's ancestry decides; what is not here is our fault: 500.
STATUSES: Mapping[type[errors.ProsaError], int] = {
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Forbidden: 403,
    errors.FixArguments: 422,
    errors.Impossible: 409,
    errors.SignatureInvalid: 401,
    errors.PayloadInvalid: 400,
    errors.Unavailable: 503,
}


class Problem(BaseModel):
    """What went wrong with a request (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    request_id: str | None = None


def response(
    request: Request, status: int, detail: str | None = None, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """One problem document."""
    title = HTTPStatus(status).phrase
    problem = Problem(
        title=title, status=status, detail=detail, request_id=request.scope.get("state", {}).get("request_id"), **more
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )


def install(app: FastAPI) -> None:
    """Teaches the application to answer every error as a problem document; api.front does it for unforeseen ones."""
    app.add_exception_handler(errors.ProsaError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these problems."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*statuses, 422})
    }


async def _ours(request: Request, error: Exception) -> JSONResponse:
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    if status == 500:
        raise error
    log.warning("request refused", status=status, error=type(error).__name__, why=str(error))
    headers = {"Retry-After": "2"} if status == 503 else {}
    return response(request, status, str(error) or type(error).__doc__, headers)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = None if error.detail == HTTPStatus(error.status_code).phrase else error.detail
    return response(request, error.status_code, detail, error.headers)


async def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [{"where": ".".join(str(part) for part in fault["loc"]), "what": fault["msg"]} for fault in error.errors()]
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return response(request, 422, "The body is not JSON.", errors=found)
    return response(request, 422, "The request is not what this address takes; see errors.", errors=found)
