"""The only home of SQL and Redis: the pool, embedded Postgres, migrations, and one module a table family."""
