-- A project's own price list, in place of the one that comes with the program.
CREATE TABLE rate_table (
  project_id int PRIMARY KEY REFERENCES project ON DELETE CASCADE,
  rates jsonb NOT NULL,
  updated_at timestamptz NOT NULL
);
