-- What happened to people and somebody listens for: written in the transaction that caused it, gone when it is told.
CREATE SEQUENCE happening_id_seq;

CREATE TABLE happening (
  lane smallint NOT NULL,
  -- in rising order for one person
  id bigint NOT NULL,
  user_id bigint NOT NULL,
  project_id int NOT NULL,
  kind text NOT NULL,
  -- what else there is to say of this kind
  data jsonb NOT NULL,
  at timestamptz NOT NULL,
  -- how often it could not be told by itself, and until when it is left alone; null for at once
  failures int NOT NULL DEFAULT 0,
  not_before timestamptz,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);

SELECT split_by_lane('happening');
