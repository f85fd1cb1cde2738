"""Reply templates, one YAML file a language. A list is variants, taken in turn; `{name}` is a fact."""
