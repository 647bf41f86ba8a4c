-- What the segments mean whose membership is kept live. Who is of one in a lane goes by the meaning that the lane was filled by: a
-- changed one comes to a lane when that is filled by it. A row never changes but for being settled.
CREATE SEQUENCE segment_generation_seq;

CREATE TABLE segment_meaning (
  generation bigint PRIMARY KEY,
  -- also of one that is deleted, until its lanes are empty
  segment_id int NOT NULL,
  project_id int NOT NULL,
  -- its definition and those of all segments that it names, by their ids; null: it is kept live no longer
  definitions jsonb,
  -- the catalogs that these compare with, by name in lower case
  catalogs text[] NOT NULL,
  -- the definition stays, and lanes are looked at again since items of a catalog changed
  is_recheck boolean NOT NULL DEFAULT false,
  -- whether filling a lane tells who enters and leaves by it
  announces boolean NOT NULL,
  made_at timestamptz NOT NULL,
  -- all lanes are filled by it
  is_settled boolean NOT NULL DEFAULT false
);
CREATE INDEX segment_meaning_of_project ON segment_meaning (project_id);

-- By which meaning a lane is filled, and how many are of the segment there. Whoever changes it has the lane's lock.
CREATE TABLE segment_lane (
  lane smallint NOT NULL,
  segment_id int NOT NULL,
  project_id int NOT NULL,
  generation bigint NOT NULL,
  members int NOT NULL,
  PRIMARY KEY (lane, segment_id)
) PARTITION BY HASH (lane);

-- Who is of a live segment, and who is not of it but may come to be by time alone.
CREATE TABLE segment_standing (
  lane smallint NOT NULL,
  segment_id int NOT NULL,
  user_id bigint NOT NULL,
  is_member boolean NOT NULL,
  -- since when it is so, as far as it was watched
  since timestamptz NOT NULL,
  -- the earliest instant at which it may be otherwise by time alone; null for never
  flips_at timestamptz,
  PRIMARY KEY (lane, segment_id, user_id)
) PARTITION BY HASH (lane);
CREATE INDEX segment_standing_flips ON segment_standing (lane, flips_at) WHERE flips_at IS NOT NULL;

-- Live segments that compare with a catalog of which items changed: their lanes are to be looked at again.
CREATE TABLE segment_stale (
  segment_id int PRIMARY KEY,
  since timestamptz NOT NULL
);

-- How many were of a live segment at each full hour, and when it was first filled.
CREATE TABLE segment_size_at (
  segment_id int NOT NULL,
  at timestamptz NOT NULL,
  members int NOT NULL,
  PRIMARY KEY (segment_id, at)
);

SELECT split_by_lane('segment_lane');
SELECT split_by_lane('segment_standing');
