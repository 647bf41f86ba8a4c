-- Console accounts, as better-auth keeps them (its models user, session, account, verification, rateLimit).
CREATE TABLE console_user (
  id text PRIMARY KEY,
  project_id int NOT NULL REFERENCES project ON DELETE CASCADE,
  name text NOT NULL,
  -- lower case
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX console_user_of_project ON console_user (project_id);

CREATE TABLE console_session (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES console_user ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  ip_address text,
  user_agent text,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX console_session_of_user ON console_session (user_id);

-- How somebody proves who they are; with the provider 'credential' by the password whose hash stands here.
CREATE TABLE console_account (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES console_user ON DELETE CASCADE,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX console_account_of_user ON console_account (user_id);

CREATE TABLE console_verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX console_verification_by_identifier ON console_verification (identifier);

-- Attempts a caller made at a sign-in address; shared by all processes.
CREATE TABLE console_rate_limit (
  id text PRIMARY KEY,
  key text NOT NULL UNIQUE,
  count int NOT NULL,
  -- milliseconds since 1970
  last_request bigint NOT NULL
);

-- One row: what signs the session cookies, sealed with the installation's key; the same for all processes.
CREATE TABLE console_secret (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL
);
