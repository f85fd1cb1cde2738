"""The understander that needs no model: intents, dates, catalogue, quantities and entities, all on this machine."""
