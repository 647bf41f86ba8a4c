-- Splits a table that is PARTITION BY HASH (lane) into its parts. A query that says `lane = …` touches one.
CREATE FUNCTION split_by_lane(parent regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parts constant int := 8;
BEGIN
  FOR part IN 0..parts - 1 LOOP
    EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
      parent::text || '_' || part, parent, parts, part);
  END LOOP;
END $$;

-- Each worker that starts takes a number; it holds an advisory lock on it for as long as it lives.
CREATE SEQUENCE worker_seq AS int CYCLE;
