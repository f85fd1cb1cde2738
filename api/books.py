"""The business's books: bookings, orders, customers, and the questions nobody could answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.auth import SignedIn
from api.lists import Place, Tenant, Wanted, one, page
from api.problems import documented
from api.shapes import Booking, Customer, Order, Page, Unanswered
from persistence.lists import BOOKINGS, CUSTOMERS, ORDERS, UNANSWERED

router = APIRouter(prefix="/api/v1", tags=["books"])

Filters = Annotated[Wanted, Depends()]
LISTS = documented(401, 403, 404, 503)
DETAILS = documented(401, 404, 503)


@router.get("/bookings", summary="Bookings", responses=LISTS)
async def bookings(request: Request, caller: SignedIn, wanted: Filters) -> Page[Booking]:
    """Appointments, the last made first. Statuses: confirmed, cancelled, done, no_show."""
    return await page(request, caller, BOOKINGS, Booking, wanted)


@router.get("/bookings/{booking}", summary="One booking", responses=DETAILS)
async def booking(request: Request, caller: SignedIn, booking: str) -> Booking:
    """One appointment."""
    return await one(request, caller, BOOKINGS, Booking, booking)


@router.get("/orders", summary="Orders", responses=LISTS)
async def orders(request: Request, caller: SignedIn, wanted: Filters) -> Page[Order]:
    """Orders, the last first. Statuses: confirmed, preparing, on_the_way, delivered, cancelled."""
    return await page(request, caller, ORDERS, Order, wanted)


@router.get("/orders/{order}", summary="One order", responses=DETAILS)
async def order(request: Request, caller: SignedIn, order: str) -> Order:
    """One order."""
    return await one(request, caller, ORDERS, Order, order)


@router.get("/customers", summary="Customers", responses=LISTS)
async def customers(request: Request, caller: SignedIn, wanted: Filters) -> Page[Customer]:
    """Customers with the names providers know them by. Statuses: active, opted_out."""
    return await page(request, caller, CUSTOMERS, Customer, wanted)


@router.get("/customers/{customer}", summary="One customer", responses=DETAILS)
async def customer(request: Request, caller: SignedIn, customer: str) -> Customer:
    """One customer."""
    return await one(request, caller, CUSTOMERS, Customer, customer)


@router.get("/unanswered", summary="Questions nobody could answer", responses=LISTS)
async def unanswered(
    request: Request, caller: SignedIn, place: Annotated[Place, Depends()], tenant: Tenant = None
) -> Page[Unanswered]:
    """What customers asked and the business's data does not say, the latest first."""
    return await page(request, caller, UNANSWERED, Unanswered, Wanted(tenant, None, None, place.cursor, place.limit))
