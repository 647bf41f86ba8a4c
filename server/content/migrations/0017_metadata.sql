-- Small tables of values by key, which templates look up ({{#metadata "table" "key"}}).
CREATE TABLE metadata (
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  -- in lower case, as the case of a table's name does not count
  table_name text NOT NULL,
  key text NOT NULL COLLATE "C",
  value jsonb NOT NULL,
  -- of the value as it was sent
  bytes int NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, table_name, key)
);
