"""What the REST interface and the console read: one SELECT a list. Times are aware, in the database's zone."""

from __future__ import annotations

from persistence.pages import Listing

BOOKINGS = Listing(
    """
    SELECT b.id, b.seq, b.tenant, b.customer, b.conversation, b.service, b.professional, b.starts_at AS start,
        b.ends_at AS end, b.status, b.created_at
    FROM bookings b
    """,
    {"seq": "bigint"},
)

ORDERS = Listing(
    """
    SELECT o.id, o.number, o.tenant, o.customer, o.conversation, (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'product', l.product, 'quantity', l.quantity, 'price', l.price::text
            ) ORDER BY l.position), '[]') FROM order_lines l WHERE l.order_id = o.id
        ) AS items, o.delivery, o.total, o.payment, o.change_for, o.status, o.created_at
    FROM orders o
    """,
    {"number": "bigint"},
)

CONVERSATIONS = Listing(
    """
    SELECT c.id, c.tenant, c.customer, u.name AS customer_name, c.channel, c.account, c.to_kind, c.to_value, c.owner,
        c.flow, c.asks, c.slots, c.referral, c.last_customer_at, c.created_at, c.updated_at, (
            SELECT h.id FROM handoffs h WHERE h.conversation = c.id AND h.status IN ('waiting', 'assigned')
        ) AS handoff, (
            SELECT m.text FROM messages m WHERE m.conversation = c.id ORDER BY m.seq DESC LIMIT 1
        ) AS last_text
    FROM conversations c JOIN customers u ON u.id = c.customer
    """,
    {"updated_at": "timestamptz", "id": "uuid"},
    status="owner",
)

# Urgent ones first, then first come, first served, as persistence/handoffs.py counts.
HANDOFFS = Listing(
    """
    SELECT h.id, h.seq, h.tenant, h.conversation, h.customer, u.name AS customer_name, c.channel, h.reason, h.priority,
        h.status, h.agent, CASE WHEN h.status = 'waiting' THEN (
            SELECT count(*) + 1 FROM handoffs ahead
            WHERE ahead.tenant = h.tenant AND ahead.status = 'waiting'
                AND (ahead.priority = 'normal', ahead.opened_at, ahead.seq)
                    < (h.priority = 'normal', h.opened_at, h.seq)
        ) END AS queue_position, h.outcome, h.resolution, h.satisfaction AS customer_satisfaction,
        h.opened_at, h.assigned_at, h.closed_at
    FROM handoffs h JOIN conversations c ON c.id = h.conversation JOIN customers u ON u.id = h.customer
    """,
    {"seq": "bigint"},
)

CUSTOMERS = Listing(
    """
    SELECT u.id, u.tenant, u.name, u.language, u.address, u.zone, u.opted_out_at,
        CASE WHEN u.opted_out_at IS NULL THEN 'active' ELSE 'opted_out' END AS status, (
            SELECT coalesce(jsonb_agg(
                jsonb_build_object('kind', i.kind, 'value', i.value) ORDER BY i.kind, i.value
            ), '[]') FROM identities i WHERE i.customer = u.id
        ) AS identities, u.created_at
    FROM customers u
    """,
    {"created_at": "timestamptz", "id": "uuid"},
    customer="id",
)

# A message's status is its delivery's; a customer's message was received, and what was never sent has none.
MESSAGES = Listing(
    """
    SELECT m.id, m.seq, m.tenant, m.conversation, m.role, m.text, m.content, m.author, m.at,
        CASE WHEN m.role = 'customer' THEN 'received' ELSE o.status END AS status, o.error
    FROM messages m LEFT JOIN outbox o ON o.id = m.id
    WHERE m.conversation = %(conversation)s
    """,
    {"seq": "bigint"},
    descending=False,
)

NOTES = Listing(
    """
    SELECT n.id, n.tenant, n.conversation, n.handoff, n.author, u.name AS author_name, n.text, n.at
    FROM notes n LEFT JOIN users u ON u.id = n.author WHERE n.conversation = %(conversation)s
    """,
    {"at": "timestamptz", "id": "uuid"},
    descending=False,
)

UNANSWERED = Listing(
    "SELECT q.id, q.tenant, q.conversation, c.customer, q.text, q.language, q.at "
    "FROM unanswered q JOIN conversations c ON c.id = q.conversation",
    {"at": "timestamptz", "id": "uuid"},
)
