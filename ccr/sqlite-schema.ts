/** PRAGMA application_id: tells our file from other SQLite databases ('hdrm'). */
export const APPLICATION = 0x6864726d

/**
 * The step from each version of the file to the next; the last one is today's. A step that has been released never changes.
 *
 * Bodies stand apart from entries, so that listing and evicting read none of their pages. `total` and `held` are kept by triggers: what
 * the cap needs to know is read, never summed up. `evictable` holds what may go and nothing else, so that eviction takes its first rows.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE entries (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    filter TEXT NOT NULL,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    size INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    created INTEGER NOT NULL,
    used INTEGER NOT NULL,
    fetches INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX evictable ON entries (used) WHERE pinned = 0 AND held = 0;
  CREATE INDEX prunable ON entries (used) WHERE pinned = 0;

  CREATE TABLE bodies (key INTEGER PRIMARY KEY, coding TEXT NOT NULL, body BLOB NOT NULL) STRICT;

  CREATE TABLE fetches (
    key INTEGER NOT NULL,
    selector TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (key, selector)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE processes (
    process INTEGER PRIMARY KEY AUTOINCREMENT,
    pid INTEGER NOT NULL,
    began TEXT NOT NULL,
    checked INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE holds (
    process INTEGER NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (process, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX holds_by_key ON holds (key);

  CREATE TABLE total (bytes INTEGER NOT NULL) STRICT;
  INSERT INTO total VALUES (0);

  CREATE TRIGGER entry_in AFTER INSERT ON entries BEGIN
    UPDATE total SET bytes = bytes + new.stored;
  END;
  CREATE TRIGGER entry_out AFTER DELETE ON entries BEGIN
    UPDATE total SET bytes = bytes - old.stored;
    DELETE FROM bodies WHERE key = old.key;
    DELETE FROM fetches WHERE key = old.key;
    DELETE FROM holds WHERE key = old.key;
  END;
  CREATE TRIGGER hold_in AFTER INSERT ON holds BEGIN
    UPDATE entries SET held = held + 1 WHERE key = new.key;
  END;
  CREATE TRIGGER hold_out AFTER DELETE ON holds BEGIN
    UPDATE entries SET held = held - 1 WHERE key = old.key;
  END;
  CREATE TRIGGER process_out AFTER DELETE ON processes BEGIN
    DELETE FROM holds WHERE process = old.process;
  END;
  `,
]
