CREATE SEQUENCE thread_id_seq;

-- All that is said with one person, over all channels, from when they write until somebody has done with it.
CREATE TABLE thread (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  -- open: it is our turn; waiting: it is theirs; spam stays as it is whatever they write
  state text NOT NULL CHECK (state IN ('open', 'waiting', 'snoozed', 'resolved', 'spam')),
  -- the email of the console account whose it is, null for nobody's
  assignee_id text,
  snoozed_until timestamptz CHECK ((snoozed_until IS NULL) = (state <> 'snoozed')),
  opened_at timestamptz NOT NULL,
  -- null where a journey handed them over who never wrote
  last_inbound_at timestamptz,
  last_outbound_at timestamptz,
  -- the later of both
  last_at timestamptz NOT NULL,
  -- what they wrote that nobody has looked at
  unread int NOT NULL DEFAULT 0,
  -- how the latest begins, and whose it is
  preview text NOT NULL,
  is_preview_ours boolean NOT NULL DEFAULT false,
  -- where they wrote last: answers go there unless somebody chooses
  last_medium text,
  last_sender_id int,
  -- the newest answer's message, which whoever answers must have seen
  last_reply_id bigint,
  last_reply_by text,
  tags text[] NOT NULL DEFAULT '{}',
  -- emails of agents whom a note names and who have not looked at it since
  mentioned text[] NOT NULL DEFAULT '{}',
  -- of all that was said while it was kept, for the search (search-words.ts)
  words tsvector NOT NULL DEFAULT '',
  -- by when the first answer is due, which counts until there is one, and by when the next
  first_reply_due timestamptz,
  next_reply_due timestamptz,
  first_reply_at timestamptz,
  first_reply_by text,
  -- when whoever has it and is silent has it no more
  unassign_at timestamptz,
  resolved_at timestamptz CHECK ((resolved_at IS NULL) = (state <> 'resolved')),
  resolved_by text,
  -- when the person was last shown that somebody writes
  typing_at timestamptz,
  wakes_at timestamptz GENERATED ALWAYS AS (
    CASE WHEN state = 'snoozed' THEN snoozed_until WHEN state = 'open' AND assignee_id IS NOT NULL THEN unassign_at END
  ) STORED,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE UNIQUE INDEX thread_open ON thread (lane, user_id) WHERE state <> 'resolved';
CREATE INDEX thread_of_user ON thread (lane, user_id);
CREATE INDEX thread_resolved ON thread (lane, user_id, resolved_at) WHERE state = 'resolved';
CREATE INDEX thread_to_wake ON thread (lane, wakes_at) WHERE wakes_at IS NOT NULL;
-- A list is of all lanes, the newest first: each part gives its own in this order, and they are merged.
CREATE INDEX thread_newest ON thread (project_id, last_at DESC, lane, id);
CREATE INDEX thread_in_state ON thread (project_id, state, last_at DESC, lane, id);
CREATE INDEX thread_of_agent ON thread (project_id, assignee_id, state, last_at DESC, lane, id);
CREATE INDEX thread_unread ON thread (project_id, last_at DESC, lane, id) WHERE unread > 0;
CREATE INDEX thread_on_medium ON thread (project_id, last_medium, last_at DESC, lane, id);
CREATE INDEX thread_tagged ON thread (project_id, last_at DESC, lane, id) WHERE tags <> '{}' AND state <> 'resolved';
CREATE INDEX thread_tags ON thread USING gin (tags);
CREATE INDEX thread_mentioned ON thread USING gin (mentioned) WHERE mentioned <> '{}';
CREATE INDEX thread_words ON thread USING gin (words);
CREATE INDEX thread_opened ON thread (project_id, opened_at);

CREATE SEQUENCE thread_part_id_seq;

-- What an agent wrote for the others.
CREATE TABLE thread_note (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  thread_id bigint NOT NULL,
  agent text NOT NULL,
  body text NOT NULL,
  -- emails of the agents it names
  mentions text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE INDEX thread_note_of_user ON thread_note (lane, user_id, created_at);

-- Who did what with a thread; the agent is null where it happened by itself.
CREATE TABLE thread_log (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  thread_id bigint NOT NULL,
  agent text,
  -- a state that was set, or opened | reopened | assigned | woken | tagged | cancelled | autoReplied | handedOver
  what text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE INDEX thread_log_of_user ON thread_log (lane, user_id, at);

-- Answers of agents: which message each became, or when it is to go.
CREATE TABLE thread_reply (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  thread_id bigint NOT NULL,
  agent text NOT NULL,
  state text NOT NULL CHECK (state IN ('sent', 'scheduled', 'cancelled', 'refused')),
  medium text,
  sender_id int,
  -- either words, a file or both, or a template with the fields of this answer
  body text,
  media_id int,
  template_id int,
  data_fields jsonb NOT NULL DEFAULT '{}',
  -- when a scheduled one goes, and whether it goes though the person has written meanwhile
  due_at timestamptz,
  goes_anyway boolean NOT NULL DEFAULT false,
  -- why it was cancelled or refused
  reason text,
  message_id bigint,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE INDEX thread_reply_of_user ON thread_reply (lane, user_id, created_at);
CREATE INDEX thread_reply_due ON thread_reply (lane, due_at) WHERE state = 'scheduled';

-- What an agent has begun to write and not sent.
CREATE TABLE thread_draft (
  lane smallint NOT NULL,
  thread_id bigint NOT NULL,
  agent text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('answer', 'note')),
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  body text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (lane, thread_id, agent, kind)
) PARTITION BY HASH (lane);
CREATE INDEX thread_draft_of_user ON thread_draft (lane, user_id);

-- Which windows of the inbox are open, and at which thread; gone when no sign of it comes for half a minute.
CREATE TABLE inbox_presence (
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  agent text NOT NULL,
  -- which window of the agent's
  window_id text NOT NULL,
  -- the thread as the API names it, null for the list alone
  thread text,
  doing text NOT NULL CHECK (doing IN ('looking', 'writing')),
  at timestamptz NOT NULL,
  PRIMARY KEY (project_id, agent, window_id)
);

-- Who answers: whether they are away by their own word, and when a thread was last given to them by turns.
CREATE TABLE inbox_agent (
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  agent text NOT NULL,
  is_away boolean NOT NULL DEFAULT false,
  last_turn_at timestamptz,
  PRIMARY KEY (project_id, agent)
);

-- Answers that are written once; {{fields}} of the profile stand in them.
CREATE TABLE canned_reply (
  id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  -- without the slash it is called by
  code text NOT NULL,
  body text NOT NULL,
  uses int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (project_id, code)
);

-- How a project answers; a project without a row goes by the first values (settings.ts).
CREATE TABLE inbox_setting (
  project_id int PRIMARY KEY REFERENCES project ON DELETE CASCADE,
  -- time zone, spans by weekday, holidays
  hours jsonb NOT NULL,
  first_reply_minutes int,
  next_reply_minutes int,
  reopen_hours int NOT NULL,
  -- who may answer in a thread that is another's: anyone | warned | assignee
  others text NOT NULL,
  unassign_minutes int,
  -- how threads come to people: byHand | byTurns
  assigning text NOT NULL,
  -- whether people are shown that what they wrote was read, and that somebody writes
  read_receipts boolean NOT NULL DEFAULT true,
  -- words by when they are said (auto-reply.ts)
  auto_replies jsonb NOT NULL DEFAULT '{}'
);

SELECT split_by_lane('thread', 80);
SELECT split_by_lane('thread_note');
SELECT split_by_lane('thread_log');
SELECT split_by_lane('thread_reply');
SELECT split_by_lane('thread_draft');
