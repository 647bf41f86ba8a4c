import { type Static, Type } from 'typebox';
import { type IdPlaces, idsInDefinitions, type Thing, withIds } from '../../segments/definition-file.ts';

/** A journey as a file: what its document names is named in it, so that it can be read where ids are others. */
export const journeyFile = Type.Object(
  {
    format: Type.Literal('carillon-journey-1'),
    name: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'By which a file and a journey of the project are the same',
    }),
    description: Type.Optional(Type.String({ maxLength: 2_000 })),
    draft: Type.Optional(
      Type.Literal(true, {
        description:
          'It is drawn only: applying the file keeps the draft, in which something may be wrong, and publishes nothing. Whoever wants it published takes this out',
      }),
    ),
    document: Type.Record(Type.String(), Type.Unknown(), {
      description: 'GET /api/journeys/schema says what it may hold',
    }),
    moves: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description:
          'Where those go who are at a tile that the document has no more: the id of a tile, or end. May stay when they have gone',
      }),
    ),
    names: Type.Record(Type.String(), Type.String(), {
      description:
        'What things are called whose ids the document has: { "template:7": "Cart reminder", "messageType:1": "Marketing (SMS Marketing)" }; in brackets stands what tells one from others of its name',
    }),
  },
  { additionalProperties: false },
);
export type JourneyFile = Static<typeof journeyFile>;

/** Where ids stand in documents of journeys. */
export const idsInJourneys: IdPlaces = {
  fields: {
    ...idsInDefinitions.fields,
    ...{ listId: 'list', listIds: 'list', suppressionListIds: 'list' },
    ...{ segmentIds: 'segment', suppressionSegmentIds: 'segment' },
    ...{
      templateId: 'template',
      senderId: 'sender',
      poolId: 'pool',
    },
  },
  within: idsInDefinitions.within,
  // What tiles write and send: a field of it may have any name.
  opaque: new Set(['set', 'dataFields', 'fromEntry', 'headers', 'body', 'keep']),
  named: new Set(['tiles', 'layout']),
};

/** All that a document names, each once. Pure. */
export function thingsIn(document: unknown): Thing[] {
  const found = new Map<string, Thing>();
  withIds(
    document,
    idsInJourneys,
    (thing) => {
      found.set(`${thing.kind}:${thing.id}`, thing);
      return thing.id;
    },
    'document',
  );
  return [...found.values()];
}

/** A journey as a file, with what things are called by `kind:id`. Pure. */
export const fileOf = (
  { name, description, isDraft }: { name: string; description: string; isDraft: boolean },
  document: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): JourneyFile => ({
  format: 'carillon-journey-1',
  name,
  ...(description !== '' && { description }),
  ...(isDraft && { draft: true as const }),
  document,
  names: Object.fromEntries(
    thingsIn(document).flatMap(({ kind, id }) => {
      const called = names.get(`${kind}:${id}`);
      return called === undefined ? [] : [[`${kind}:${id}`, called]];
    }),
  ),
});
