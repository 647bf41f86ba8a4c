import type { FindUses } from '../http/uses.ts';
import { segmentsThatName } from './segments.sql.ts';

/** Segments that name a list or another segment. */
export const usesBySegments: FindUses = async (db, projectId, kind, id) => {
  if (kind !== 'list' && kind !== 'segment') return [];
  const named = await segmentsThatName(db, projectId, `${kind}:${id}`);
  return named.map((segment) => ({ words: `segment ${segment.id} (${segment.name})` }));
};
