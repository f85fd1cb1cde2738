-- Every table carries its tenant and a forced row-level policy. The application connects as prosa_app, which owns nothing.
--
-- app.tenant is set per transaction. '*' is the platform's own scope (claiming lanes, the first administrator's lists,
-- sign-in); it may read every tenant and write lanes and audit rows only, see the policies at the end.

CREATE SEQUENCE lease_tokens;

CREATE TABLE tenants (
    id          text PRIMARY KEY,
    name        text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (                     -- people who sign in; tenant '*' sees all businesses
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    email           text NOT NULL UNIQUE,
    name            text NOT NULL,
    password_hash   text NOT NULL,
    role            text NOT NULL CHECK (role IN ('admin', 'agent')),
    session_version int NOT NULL DEFAULT 1,
    disabled_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE customers (
    id           uuid PRIMARY KEY,
    tenant       text NOT NULL REFERENCES tenants,
    name         text,
    language     text,
    address      text,
    zone         text,
    opted_out_at timestamptz,
    created_at   timestamptz NOT NULL
);
CREATE INDEX ON customers (tenant, created_at, id);

CREATE TABLE identities (                -- the names providers know a customer by
    tenant   text NOT NULL REFERENCES tenants,
    kind     text NOT NULL CHECK (kind IN ('phone', 'bsuid', 'lid', 'web')),
    value    text NOT NULL,
    customer uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
    PRIMARY KEY (tenant, kind, value)
);
CREATE INDEX ON identities (customer);
CREATE INDEX ON identities (value);      -- people look customers up by phone alone

CREATE TABLE conversations (
    id               uuid PRIMARY KEY,
    tenant           text NOT NULL REFERENCES tenants,
    customer         uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
    channel          text NOT NULL,
    account          text NOT NULL,
    to_kind          text NOT NULL,      -- the name received last: replies go to it unchanged
    to_value         text NOT NULL,
    owner            text NOT NULL DEFAULT 'bot' CHECK (owner IN ('bot', 'queue', 'agent')),
    flow             text,
    asks             text NOT NULL DEFAULT 'none',
    slots            jsonb NOT NULL DEFAULT '{}',
    referral         jsonb,
    last_customer_at timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (tenant, channel, account, customer)
);
CREATE INDEX ON conversations (tenant, updated_at DESC, id);
CREATE INDEX ON conversations (customer);

CREATE TABLE inbox (                     -- what arrived, until a turn has dealt with it
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    kind         text NOT NULL,          -- domain.ports.Event kinds, and reaction | edit | revoke
    channel      text NOT NULL,
    account      text NOT NULL,
    provider_id  text NOT NULL,
    content      jsonb NOT NULL,
    at           timestamptz NOT NULL,
    done_at      timestamptz,
    UNIQUE (tenant, channel, account, provider_id)
);
CREATE INDEX inbox_waiting ON inbox (conversation, id) WHERE done_at IS NULL;

CREATE TABLE messages (                  -- the whole transcript
    id           uuid PRIMARY KEY,
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    role         text NOT NULL CHECK (role IN ('customer', 'bot', 'agent', 'system')),
    text         text NOT NULL,
    content      jsonb NOT NULL DEFAULT '{}',
    author       uuid,                   -- the agent, for role agent
    inbox        bigint,                 -- the inbox row a customer's message came by
    at           timestamptz NOT NULL
);
CREATE INDEX ON messages (conversation, seq);

CREATE TABLE outbox (                    -- what must reach the customer; id = the transcript row's id
    id           uuid PRIMARY KEY,
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    channel      text NOT NULL,
    account      text NOT NULL,
    to_kind      text NOT NULL,
    to_value     text NOT NULL,
    message      jsonb NOT NULL,         -- domain.messages.Outgoing.as_dict()
    status       text NOT NULL DEFAULT 'queued'
                 CHECK (status IN ('queued', 'sending', 'uncertain', 'sent', 'delivered', 'read', 'failed')),
    attempts     int NOT NULL DEFAULT 0,
    provider_id  text,
    error        text,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (conversation, seq) WHERE status IN ('queued', 'sending', 'uncertain');
CREATE INDEX outbox_provider ON outbox (tenant, channel, provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE lanes (                     -- one row a conversation and kind of work; see engine/lanes.py
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    kind         text NOT NULL CHECK (kind IN ('turn', 'delivery')),
    due_at       timestamptz NOT NULL DEFAULT 'infinity',
    version      bigint NOT NULL DEFAULT 0,   -- grows with every event that asks for work
    attempts     int NOT NULL DEFAULT 0,
    lease_token  bigint,
    lease_until  timestamptz,
    PRIMARY KEY (conversation, kind)
) WITH (fillfactor = 70);
CREATE INDEX lanes_due ON lanes (kind, due_at) WHERE due_at < 'infinity';

CREATE TABLE strays (                    -- webhooks for an account nobody owns, kept aside for whoever claims it
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant   text NOT NULL DEFAULT '_',
    channel  text NOT NULL,
    account  text NOT NULL,
    payload  jsonb NOT NULL,
    at       timestamptz NOT NULL
);

CREATE TABLE handoffs (
    id           uuid PRIMARY KEY,
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    customer     uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
    reason       text NOT NULL,
    priority     text NOT NULL DEFAULT 'normal' CHECK (priority IN ('normal', 'high')),
    status       text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'assigned', 'returned', 'completed')),
    agent        uuid REFERENCES users,
    outcome      text,
    resolution   text,
    satisfaction int CHECK (satisfaction BETWEEN 1 AND 5),
    opened_at    timestamptz NOT NULL,
    assigned_at  timestamptz,
    closed_at    timestamptz
);
CREATE UNIQUE INDEX handoffs_one_open ON handoffs (conversation) WHERE status IN ('waiting', 'assigned');
CREATE INDEX ON handoffs (tenant, seq);
CREATE INDEX handoffs_line ON handoffs (tenant, priority, opened_at) WHERE status = 'waiting';

CREATE TABLE notes (                     -- written by agents and by the system, never shown to the customer
    id           uuid PRIMARY KEY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    handoff      uuid REFERENCES handoffs ON DELETE CASCADE,
    author       uuid,
    text         text NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX ON notes (conversation, at);

CREATE TABLE services (
    tenant  text NOT NULL REFERENCES tenants,
    id      text NOT NULL,
    name    text NOT NULL,
    minutes int NOT NULL CHECK (minutes > 0),
    price   numeric(12, 2),
    PRIMARY KEY (tenant, id)
);

CREATE TABLE professionals (
    tenant text NOT NULL REFERENCES tenants,
    id     text NOT NULL,
    name   text NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,   -- what the exclusion constraint compares
    PRIMARY KEY (tenant, id)
);

CREATE TABLE bookings (
    id           uuid PRIMARY KEY,
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    tenant       text NOT NULL REFERENCES tenants,
    customer     uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
    conversation uuid REFERENCES conversations ON DELETE SET NULL,
    service      text NOT NULL,
    professional text NOT NULL,
    number       bigint NOT NULL REFERENCES professionals (number),
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL CHECK (ends_at > starts_at),
    status       text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled', 'done', 'no_show')),
    key          text NOT NULL,          -- idempotency key of the write that made it
    last_key     text,                   -- of the last write that changed it
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant, key),
    FOREIGN KEY (tenant, service) REFERENCES services (tenant, id),
    FOREIGN KEY (tenant, professional) REFERENCES professionals (tenant, id),
    CONSTRAINT bookings_no_overlap EXCLUDE USING gist (
        int8range(number, number, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (status = 'confirmed')
);
CREATE INDEX ON bookings (tenant, seq);
CREATE INDEX ON bookings (customer, starts_at);

CREATE TABLE products (
    tenant text NOT NULL REFERENCES tenants,
    id     text NOT NULL,
    name   text NOT NULL,
    price  numeric(12, 2) NOT NULL CHECK (price >= 0),
    stock  int NOT NULL CONSTRAINT products_stock_not_negative CHECK (stock >= 0),
    PRIMARY KEY (tenant, id)
);

CREATE TABLE orders (
    id           uuid PRIMARY KEY,
    number       bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001),
    tenant       text NOT NULL REFERENCES tenants,
    customer     uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
    conversation uuid REFERENCES conversations ON DELETE SET NULL,
    status       text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'preparing', 'on_the_way', 'delivered', 'cancelled')),
    delivery     jsonb NOT NULL,
    payment      text NOT NULL CHECK (payment IN ('pix', 'card_on_delivery', 'cash')),
    change_for   numeric(12, 2),
    total        numeric(12, 2) NOT NULL CHECK (total >= 0),
    key          text NOT NULL,
    last_key     text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant, key)
);
CREATE INDEX ON orders (customer, number DESC);
CREATE INDEX ON orders (tenant, number);

CREATE TABLE order_lines (
    tenant     text NOT NULL REFERENCES tenants,
    order_id   uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    position   int NOT NULL,
    product    text NOT NULL,
    quantity   int NOT NULL CHECK (quantity > 0),
    price      numeric(12, 2) NOT NULL,
    PRIMARY KEY (order_id, position),
    FOREIGN KEY (tenant, product) REFERENCES products (tenant, id)
);

CREATE TABLE unanswered (                -- questions nobody could answer
    id           uuid PRIMARY KEY,
    tenant       text NOT NULL REFERENCES tenants,
    conversation uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    text         text NOT NULL,
    language     text NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX ON unanswered (tenant, at, id);

CREATE TABLE audit (                     -- who did what; never message texts
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant  text NOT NULL,
    actor   text NOT NULL,
    action  text NOT NULL,
    subject text NOT NULL,
    detail  jsonb NOT NULL DEFAULT '{}',
    at      timestamptz NOT NULL
);

-- Row-level security ------------------------------------------------------------------------------------------------

DO $$
DECLARE
    name text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prosa_app') THEN
        BEGIN
            CREATE ROLE prosa_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- roles are the whole server's: another database was faster
        END;
    END IF;
    FOREACH name IN ARRAY ARRAY[
        'tenants', 'users', 'customers', 'identities', 'conversations', 'inbox', 'messages', 'outbox', 'lanes', 'strays',
        'handoffs', 'notes', 'services', 'professionals', 'bookings', 'products', 'orders', 'order_lines', 'unanswered', 'audit'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I USING (%I = current_setting(''app.tenant'', true)) WITH CHECK (%I = current_setting(''app.tenant'', true))',
            name, CASE name WHEN 'tenants' THEN 'id' ELSE 'tenant' END, CASE name WHEN 'tenants' THEN 'id' ELSE 'tenant' END
        );
        EXECUTE format('CREATE POLICY platform_reads ON %I FOR SELECT USING (current_setting(''app.tenant'', true) = ''*'')', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO prosa_app', name);
    END LOOP;
END $$;

-- Claiming a lane is the one write that spans tenants.
CREATE POLICY platform_claims ON lanes FOR UPDATE
    USING (current_setting('app.tenant', true) = '*') WITH CHECK (current_setting('app.tenant', true) = '*');

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO prosa_app;
GRANT prosa_app TO CURRENT_USER;
