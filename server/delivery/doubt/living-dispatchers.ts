/** Class of the advisory locks that say a worker lives: each holds one on its number. */
export const dispatcherLockClass = 0x6469_7370;

/** Class of the advisory locks that workers share which send for one purpose, to know whether they are several. */
export const senderLockClass = 0x7365_6e64;

/** SQL: the numbers of the workers of this database that live. */
export const livingDispatchers = `
  SELECT objid::int AS number FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${dispatcherLockClass}::oid AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
