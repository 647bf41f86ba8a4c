CREATE SEQUENCE event_id_seq;

-- What users did. (What happened to a message is the message's own row.)
CREATE TABLE event (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  name text NOT NULL,
  -- 'custom', 'purchase', 'click', 'reply', …
  kind text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  campaign_id int,
  template_id int,
  message_id bigint,
  -- the caller's id of this event; the same id again from the same user is this event, updated
  event_key text,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE UNIQUE INDEX event_key_once ON event (lane, user_id, kind, event_key) WHERE event_key IS NOT NULL;
CREATE INDEX event_of_user ON event (lane, user_id, happened_at DESC);
-- Who did something within a time is told by it alone: segments ask so.
CREATE INDEX event_of_name ON event (lane, project_id, name, happened_at) INCLUDE (user_id, kind);
CREATE INDEX purchase_of_campaign ON event (campaign_id, lane) WHERE kind = 'purchase' AND campaign_id IS NOT NULL;

-- The fields seen in events of one name, with the type of their first value; later values must agree.
CREATE TABLE event_field (
  project_id int NOT NULL,
  event_name text NOT NULL,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('string', 'long', 'double', 'boolean', 'date', 'object', 'array')),
  PRIMARY KEY (project_id, event_name, name)
);

SELECT split_by_lane('event');
