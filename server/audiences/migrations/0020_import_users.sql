-- Whom an import took, so that it can be undone: who was made by it, who came onto its list by it.
CREATE TABLE import_user (
  lane smallint NOT NULL,
  import_id int NOT NULL,
  user_id bigint NOT NULL,
  created boolean NOT NULL,
  listed boolean NOT NULL,
  -- when the import last wrote the user: a later change is somebody else's
  touched_at timestamptz NOT NULL,
  PRIMARY KEY (lane, import_id, user_id)
) PARTITION BY HASH (lane);

SELECT split_by_lane('import_user');
