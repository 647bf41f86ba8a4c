import { usesByCampaigns } from '../campaigns/uses.sql.ts';
import { usesByTemplates } from '../content/catalogs/uses.sql.ts';
import { usesByMessages } from '../delivery/uses.ts';
import type { FindUses } from '../http/uses.ts';
import { usesByJourneys } from '../journeys/uses.sql.ts';
import { usesBySegments } from '../segments/uses.sql.ts';

/** Whoever needs a thing, over all capabilities. */
export const findUses: FindUses = async (db, projectId, kind, id) => [
  ...(await usesByTemplates(db, projectId, kind, id)),
  ...(await usesBySegments(db, projectId, kind, id)),
  ...(await usesByCampaigns(db, projectId, kind, id)),
  ...(await usesByJourneys(db, projectId, kind, id)),
  ...(await usesByMessages(db, projectId, kind, id)),
];
