CREATE SEQUENCE user_id_seq;

CREATE TABLE users (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  email text,
  -- Iterable's userId, the customer's own key
  external_id text,
  -- E.164
  phone_number text,
  -- business-scoped WhatsApp user id (US.1349…); where messages go stands in `address`
  whatsapp_user_id text,
  data_fields jsonb NOT NULL DEFAULT '{}',
  -- name, email and ids without case and accents (users/search-text.ts)
  search_text text NOT NULL DEFAULT '',
  -- by the beginning of which of them the user is found (users/search-words.ts)
  search_words tsvector NOT NULL DEFAULT '',
  -- canonical key of every place this person may be in (users/place): US-CA@America/Los_Angeles|…
  place_key text NOT NULL DEFAULT '',
  place_certainty text NOT NULL DEFAULT 'unknown',
  signed_up_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
-- A project's people, the newest first: looked through in that order where many match.
CREATE INDEX users_newest ON users (project_id, id);
-- New words wait in a list that every search reads to its end: it is kept short.
CREATE INDEX users_words ON users USING gin (search_words) WITH (gin_pending_list_limit = 512);

-- Where messages reach people: the addresses of their profiles, one of each kind, and of the kinds that media bring as many
-- as there are (users/addresses.ts says which one a medium uses).
CREATE TABLE address (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  -- phone, whatsApp, email, or what else a medium reaches people at (medium/)
  kind text COLLATE "C" NOT NULL,
  -- as it was given; a phone in E.164
  value text COLLATE "C" NOT NULL,
  added_at timestamptz NOT NULL,
  -- {"sms": {"code": "30005", "since": "2026-11-23T17:00:00.000Z"}}: by medium, since two may share an address, that nobody
  -- is reached at it, with the carrier's code
  unreachable jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (lane, user_id, value)
) PARTITION BY HASH (lane);
CREATE INDEX address_unreachable ON address (lane, user_id) WHERE unreachable <> '{}';

-- Which user an email, userId, phone number or WhatsApp user id belongs to. Laned by the identity's own hash. A phone
-- number stands by its key (users/phone-key.ts) and may belong to several users; all else belongs to one.
CREATE TABLE identity (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'externalId', 'phone', 'whatsApp')),
  -- in the order of bytes, so that the index tells how a value begins
  value text COLLATE "C" NOT NULL,
  user_lane smallint NOT NULL,
  user_id bigint NOT NULL,
  -- tells the holders of one phone number apart; 0 for what only one user can have
  holder bigint NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'phone' THEN user_id ELSE 0 END) STORED,
  PRIMARY KEY (lane, project_id, kind, value, holder)
) PARTITION BY HASH (lane);

-- The fields seen in profiles, with the type of their first value; later values must agree.
CREATE TABLE user_field (
  project_id int NOT NULL,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('string', 'long', 'double', 'boolean', 'date', 'object', 'array')),
  PRIMARY KEY (project_id, name)
);

-- Who was merged into a user: messages stay where they were sent (callbacks and links name their lane) and are
-- found from here. Laned by the user that remains.
CREATE TABLE merged_user (
  lane smallint NOT NULL,
  user_id bigint NOT NULL,
  source_lane smallint NOT NULL,
  source_id bigint NOT NULL,
  PRIMARY KEY (lane, user_id, source_id)
) PARTITION BY HASH (lane);

-- From a message's user to the one that remains of it.
CREATE INDEX merged_user_source ON merged_user (lane, source_id);

-- Who asked to be forgotten, by hashes of all that named them: no update brings them back. Laned by the hash.
CREATE TABLE forgotten_identity (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'externalId', 'phone', 'whatsApp')),
  hash bytea NOT NULL,
  -- SHA-256 of an email or userId in lower case, as Iterable tells who is forgotten
  told_hash bytea,
  -- the same for all that named one person, so that they are unforgotten together
  person uuid NOT NULL,
  forgotten_at timestamptz NOT NULL,
  PRIMARY KEY (lane, project_id, hash)
) PARTITION BY HASH (lane);

SELECT split_by_lane('forgotten_identity');
SELECT split_by_lane('merged_user');
SELECT split_by_lane('address');
-- Room on each page for the next version of its rows, which no index needs to hear of then.
SELECT split_by_lane('users', 70);
SELECT split_by_lane('identity');
