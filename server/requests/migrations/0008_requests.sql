-- Requests for one person have a number of this sequence and no row: their one message says all there is.
CREATE SEQUENCE send_request_id_seq;

-- What asks for messages to an audience, with all that admission has to know of it: who asks is no affair of admission.
CREATE TABLE send_request (
  id bigint PRIMARY KEY DEFAULT nextval('send_request_id_seq'),
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  campaign_id int NOT NULL,
  campaign_name text NOT NULL,
  template_id int NOT NULL REFERENCES template,
  -- what the template said when the campaign was launched (template_snapshot)
  snapshot_id int,
  -- one of the two, or neither: then the project's first sender that fits
  sender_id int REFERENCES sender,
  pool_id int REFERENCES sender_pool,
  options jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('scheduled', 'admitting', 'admitted', 'cancelled')),
  list_ids int[] NOT NULL DEFAULT '{}',
  suppression_list_ids int[] NOT NULL DEFAULT '{}',
  segment_ids int[] NOT NULL DEFAULT '{}',
  suppression_segment_ids int[] NOT NULL DEFAULT '{}',
  data_fields jsonb NOT NULL DEFAULT '{}',
  -- whether who has had a message of the campaign, if it is promotional, may have another
  allow_repeats boolean NOT NULL DEFAULT true,
  send_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  admitted_at timestamptz
);
CREATE INDEX send_request_open ON send_request (send_at) WHERE state IN ('scheduled', 'admitting');
CREATE INDEX send_request_of_campaign ON send_request (campaign_id);

-- How far the admission of a request has come in each lane.
CREATE TABLE send_request_lane (
  request_id bigint NOT NULL REFERENCES send_request ON DELETE CASCADE,
  lane smallint NOT NULL,
  after_user_id bigint NOT NULL DEFAULT 0,
  done boolean NOT NULL DEFAULT false,
  -- how many are beyond the place, and of which rows of list_size it was so; null where it is to be counted. Of an audience of
  -- segments as many as there were when it was counted
  waiting int,
  waiting_as_of uuid[],
  PRIMARY KEY (lane, request_id)
);
CREATE INDEX send_request_lane_of_request ON send_request_lane (request_id);

-- Requests that were made with a key of their caller's: the same key again finds what came of the first. In the lane
-- of the key's hash.
CREATE TABLE request_key (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  -- SHA-256 of the caller's key
  key text NOT NULL,
  -- hash of what was asked, so that the same key with another body is refused
  fingerprint text NOT NULL,
  request_id bigint NOT NULL,
  -- the message of a request for one person; null for an audience
  message_lane smallint,
  message_id bigint,
  PRIMARY KEY (lane, project_id, key)
) PARTITION BY HASH (lane);
SELECT split_by_lane('request_key');

-- Campaigns that are held or stopped: from the commit on nothing of them is admitted or leaves. What waited when it
-- was set is put away, or brought back, afterwards; then it is settled. One that is open is gone when settled.
CREATE TABLE brake (
  campaign_id int PRIMARY KEY,
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('held', 'open', 'cancelled', 'aborted')),
  since timestamptz NOT NULL,
  settled boolean NOT NULL DEFAULT false
);
CREATE INDEX brake_unsettled ON brake (since) WHERE NOT settled;
