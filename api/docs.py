"""The interface's documentation as one plain page, drawn from the OpenAPI document; it loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse

from api.problems import Problem

router = APIRouter(include_in_schema=False)

_STYLE = Path(__file__).parent / "pages" / "docs.css"


@router.get("/docs")
async def page(request: Request) -> HTMLResponse:
    """Every operation with its parameters and answers."""
    schema = request.app.openapi()
    body = "".join(_operations(schema))
    title = escape(schema["info"]["title"])
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs/docs.css"></head>'
        f"<body><main><h1>{title}</h1><p>{escape(schema['info'].get('description', ''))} "
        f'The same for machines: <a href="/openapi.json">/openapi.json</a>.</p>{body}</main></body></html>'
    )


@router.get("/docs/docs.css")
async def style() -> FileResponse:
    """The page's one stylesheet."""
    return FileResponse(_STYLE, media_type="text/css")


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: FastAPI's, with problem documents where FastAPI would put its own error shape."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        app.openapi_schema = schema
    return app.openapi_schema


def _operations(schema: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            summary = escape(operation.get("summary", ""))
            yield f"<section><h2><code>{method.upper()} {escape(path)}</code> {summary}</h2>"
            yield f"<p>{escape(operation.get('description', ''))}</p>"
            yield from _parameters(operation)
            answers = ", ".join(
                f"{code} {escape(answer['description'])}" for code, answer in operation["responses"].items()
            )
            yield f"<p><b>Answers</b> {answers}</p></section>"


def _parameters(operation: Mapping[str, Any]) -> Iterator[str]:
    parameters = operation.get("parameters", ())
    if parameters:
        rows = "".join(
            f"<tr><td><code>{escape(one['name'])}</code><td>{escape(one['in'])}<td>{escape(one.get('description', ''))}"
            for one in parameters
        )
        yield f"<table><tr><th>Parameter<th>In<th>Meaning{rows}</table>"
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        name = str(content.get("schema", {}).get("$ref", "")).rsplit("/", 1)[-1]
        yield f"<p><b>Body</b> {escape(name)} <code>{escape(kind)}</code></p>"
