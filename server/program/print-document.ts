/**
 * Prints the OpenAPI document, examples apart, for tools that make a client of it: `npm run types --workspace console`.
 * No database is asked, and nothing listens.
 */
import pino from 'pino';
import { systemClock } from '../clock/clock.ts';
import { secretsFrom } from '../config/secrets.ts';
import { openFeeds } from '../content/feeds/feed-reader.ts';
import { connect } from '../database/connect.ts';
import { openOutbox } from '../happenings/outbox.ts';
import { buildApi } from '../http/api.ts';
import { silentDesk } from '../inbox/news.ts';
import { openJourneys } from '../journeys/definition/published.ts';
import { openWebhookCalls } from '../journeys/webhook-calls/webhook-calls.ts';
import { createGuard } from '../outbound/guard.ts';
import { builtInWires } from '../providers/built-in.ts';
import { openProviders } from '../providers/wires.ts';
import { documentation } from './documentation.ts';
import { findUses } from './find-uses.ts';
import { peopleOf } from './personal-data.ts';
import { apiRoutes, openRoutes } from './routes.ts';
import { segmentKinds } from './segment-leaves.ts';

const { db } = connect('postgres://nowhere.invalid/none', 1);
const outbound = createGuard({ allow: [], simulator: [] });
const nothing = async () => undefined;
const ground = { log: pino({ level: 'silent' }), wake: () => undefined };
const outbox = openOutbox([], systemClock);
const feeds = openFeeds(outbound, secretsFrom('none'), systemClock);
const api = await buildApi(
  {
    ...{
      db,
      findUses,
      segmentKinds,
      journeys: openJourneys({ segmentKinds, ...ground }),
      outbound,
      clock: systemClock,
      secrets: secretsFrom('none'),
    },
    ...{ people: peopleOf(db, outbox), providers: openProviders(outbound, builtInWires), ...outbox },
    ...{ feeds, webhookCalls: openWebhookCalls({ ...ground, db, feeds, clock: systemClock }) },
    ...{ publicUrl: 'http://nowhere.invalid', ...ground },
  },
  apiRoutes({ imports: { enqueue: nothing }, enqueueExport: nothing, close: nothing }, silentDesk),
  openRoutes({ ready: false }, null),
  { ...documentation, examples: {} },
);
await api.ready();
process.stdout.write(JSON.stringify(api.swagger()));
