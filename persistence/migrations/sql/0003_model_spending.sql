-- What the models of each business have cost, by the business's own days.

CREATE TABLE model_spending (
    tenant     text NOT NULL REFERENCES tenants,
    day        date NOT NULL,
    cost       numeric(18, 10) NOT NULL DEFAULT 0 CHECK (cost >= 0),   -- BRL; a token costs millionths
    calls      int NOT NULL DEFAULT 0,
    refused    boolean NOT NULL DEFAULT false,                         -- somebody was told that the budget is spent
    PRIMARY KEY (tenant, day)
);

ALTER TABLE model_spending ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_spending FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON model_spending
    USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY platform_reads ON model_spending FOR SELECT USING (current_setting('app.tenant', true) = '*');
GRANT SELECT, INSERT, UPDATE, DELETE ON model_spending TO prosa_app;
