import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../clock/clock.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { FeedReader } from '../../content/feeds/feed-reader.ts';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import type { Providers } from '../../providers/wires.ts';
import type { SegmentTools } from '../../segments/ground.ts';

/** What delivery's flows are given. */
export interface DeliveryOptions extends SegmentTools {
  /**
   * The same database for the answers to our posts, committed without waiting for the disk: one that is lost when
   * the database dies leaves its message in doubt, and that is settled.
   */
  answers: Database;
  clock: Clock;
  secrets: Secrets;
  feeds: FeedReader;
  providers: Providers;
  publicUrl: string;
  log: FastifyBaseLogger;
  announce: Announce;
  /** What those who ask for messages do by themselves once a second: begin, and end. */
  keepOrigins(db: Database, now: Date): Promise<void>;
}
