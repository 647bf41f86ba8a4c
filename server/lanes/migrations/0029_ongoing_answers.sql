-- An answer that is made of lane after lane while somebody looks at it: the forecast of a large audience, the count of a segment.
-- One process works on it; every process tells what it has come to.
CREATE TABLE ongoing_answer (
  project_id int NOT NULL,
  -- SHA-256 of what is asked, and of all that the answer depends on
  asked text NOT NULL,
  -- who works on it: a number of its own for each that begins
  worker uuid NOT NULL,
  answer jsonb NOT NULL,
  -- of so many people; an answer of fewer never takes its place
  judged int NOT NULL,
  -- it is of all
  is_whole boolean NOT NULL,
  asked_at timestamptz NOT NULL,
  worked_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, asked)
);
