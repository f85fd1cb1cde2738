-- The tables of langgraph-checkpoint-postgres 3.2 (its MIGRATIONS 0 to 9), made here so that the saver's own setup has nothing
-- left to do at run time. Its three indexes on thread_id are left out: each primary key begins with thread_id already.
--
-- A thread is "<tenant>:<conversation>"; the policies go by that prefix.

CREATE TABLE checkpoint_migrations (
    v integer PRIMARY KEY
);
INSERT INTO checkpoint_migrations SELECT generate_series(0, 9);

CREATE TABLE checkpoints (
    thread_id            text NOT NULL,
    checkpoint_ns        text NOT NULL DEFAULT '',
    checkpoint_id        text NOT NULL,
    parent_checkpoint_id text,
    type                 text,
    checkpoint           jsonb NOT NULL,
    metadata             jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id)
);

CREATE TABLE checkpoint_blobs (
    thread_id     text NOT NULL,
    checkpoint_ns text NOT NULL DEFAULT '',
    channel       text NOT NULL,
    version       text NOT NULL,
    type          text NOT NULL,
    blob          bytea,
    PRIMARY KEY (thread_id, checkpoint_ns, channel, version)
);

CREATE TABLE checkpoint_writes (
    thread_id     text NOT NULL,
    checkpoint_ns text NOT NULL DEFAULT '',
    checkpoint_id text NOT NULL,
    task_id       text NOT NULL,
    idx           integer NOT NULL,
    channel       text NOT NULL,
    type          text,
    blob          bytea NOT NULL,
    task_path     text NOT NULL DEFAULT '',
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I USING (split_part(thread_id, '':'', 1) = current_setting(''app.tenant'', true)) '
            'WITH CHECK (split_part(thread_id, '':'', 1) = current_setting(''app.tenant'', true))', name
        );
        EXECUTE format('CREATE POLICY platform_reads ON %I FOR SELECT USING (current_setting(''app.tenant'', true) = ''*'')', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO prosa_app', name);
    END LOOP;
END $$;
