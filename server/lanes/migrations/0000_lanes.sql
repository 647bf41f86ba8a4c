-- A row for each lane (lanes/lanes.ts), for statements that ask something of each.
CREATE TABLE lane (lane smallint PRIMARY KEY);
INSERT INTO lane SELECT generate_series(0, 63);
-- Never changed, so that nothing else would tell the planner how few they are.
ANALYZE lane;

-- Splits a table that is PARTITION BY HASH (lane) into its parts, with `room` percent of each page filled at first. A query
-- that says `lane = …` touches one. On a cluster tables are not partitioned: their shards are parts (database/cluster.ts).
CREATE FUNCTION split_by_lane(parent regclass, room int DEFAULT 100) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parts constant int := 8;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = parent) THEN
    EXECUTE format('ALTER TABLE %s SET (fillfactor = %s)', parent, room);
    RETURN;
  END IF;
  FOR part IN 0..parts - 1 LOOP
    EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS %s, REMAINDER %s) WITH (fillfactor = %s)',
      parent::text || '_' || part, parent, parts, part, room);
  END LOOP;
END $$;

-- Statistics of a table that grows all the time are made of fewer rows (`target` times 300): they are made anew each time that it
-- has grown by a tenth, and a sample of the usual size takes as much of a processor as hundreds of messages.
CREATE FUNCTION sample_few(sampled regclass, target int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  named text;
BEGIN
  FOR named IN SELECT attname FROM pg_attribute WHERE attrelid = sampled AND attnum > 0 AND NOT attisdropped LOOP
    EXECUTE format('ALTER TABLE %s ALTER %I SET STATISTICS %s', sampled, named, target);
  END LOOP;
END $$;

-- Each worker that starts takes a number; it holds an advisory lock on it for as long as it lives.
CREATE SEQUENCE worker_seq AS int CYCLE;
