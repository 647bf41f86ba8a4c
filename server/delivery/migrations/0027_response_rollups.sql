-- How often people answered a campaign's messages, and how many people they are, by lane: what was noted of clicks, opens,
-- replies and opt-outs is added to it by the settlement flow. It stays when a person is merged or deleted, as their messages do.
CREATE TABLE response_rollup (
  lane smallint NOT NULL,
  campaign_id int NOT NULL,
  project_id int NOT NULL,
  -- delivery/rollups/fold-responses.sql.ts
  kind text NOT NULL,
  -- clicks are kept a second time by the page they led to, and a third by the whole address; 0 where it is all of them
  page_key bigint NOT NULL,
  address_key bigint NOT NULL,
  total int NOT NULL,
  people int NOT NULL,
  PRIMARY KEY (campaign_id, lane, kind, page_key, address_key)
) PARTITION BY HASH (lane);

-- Who is counted in it, so that a person is counted once.
CREATE TABLE responder (
  lane smallint NOT NULL,
  campaign_id int NOT NULL,
  kind text NOT NULL,
  page_key bigint NOT NULL,
  address_key bigint NOT NULL,
  -- a person; of opened emails, the message
  subject_id bigint NOT NULL,
  PRIMARY KEY (lane, campaign_id, kind, page_key, address_key, subject_id)
) PARTITION BY HASH (lane);

-- Replies and opt-outs as they were put down to a campaign's messages when they came, for those of a range: neither who wrote
-- nor when a message left stays as it was then.
CREATE TABLE response_put_down (
  lane smallint NOT NULL,
  campaign_id int NOT NULL,
  project_id int NOT NULL,
  -- reply or optOut
  kind text NOT NULL,
  -- whom the messages were to
  user_id bigint NOT NULL,
  message_ids bigint[] NOT NULL
) PARTITION BY HASH (lane);
CREATE INDEX response_put_down_to ON response_put_down (campaign_id, lane);

SELECT split_by_lane('response_rollup');
SELECT split_by_lane('responder');
SELECT split_by_lane('response_put_down');
