import { type Static, Type } from 'typebox';
import { nullable, rowId } from '../../http/schemas.ts';
import type { Journey } from '../journeys.sql.ts';

/** The journey in a path. */
export const journeyInPath = Type.Object({ id: rowId });

/** A journey as it is answered. */
export const journeyAnswer = Type.Object({
  ...{ id: Type.Integer(), name: Type.String(), description: Type.String() },
  state: Type.String({
    description:
      'draft, open, closed (nobody enters), paused (nobody moves), stopped (all were let go) or archived',
  }),
  version: nullable(Type.Integer({ description: 'The one that people follow; null before the first' })),
  draft: Type.Unknown({
    description: 'What is being drawn; null where nothing differs from what is published',
  }),
  createdBy: Type.String(),
  createdAt: Type.Integer(),
  updatedBy: Type.String(),
  updatedAt: Type.Integer(),
});

/** A journey's row as it is answered. */
export const journeyAsAnswer = ({
  projectId: _,
  pausedAt: __,
  resumedAt: ___,
  createdAt,
  updatedAt,
  ...journey
}: Journey): Static<typeof journeyAnswer> => ({
  ...journey,
  createdAt: createdAt.getTime(),
  updatedAt: updatedAt.getTime(),
});
