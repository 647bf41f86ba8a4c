import { Type } from 'typebox';
import { slot } from '../../segments/leaf-kind.ts';
import { rateSchema } from '../enter/entry-rate.ts';
import { goalSchema } from '../goal/goal.ts';
import { exitSchema } from '../leave/exit-rule.ts';
import { lengthOf } from '../tiles/wall-clock.ts';
import { priorities } from './journey.ts';
import { tileId } from './ways.ts';

/** The frame of a journey's document; tiles, triggers and conditions in it are read by their kinds. */
export const documentSchema = Type.Object(
  {
    entry: Type.Object(
      {
        on: Type.Unknown({ description: 'What lets people in' }),
        only: Type.Optional(
          slot(
            'definition',
            'Who may enter: a definition as segments have it, looked at after what let them in was written',
          ),
        ),
        key: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 255,
            description:
              'A field of what comes with the entry, by which passages of one person are told apart: with orderId each order has a passage of its own',
          }),
        ),
        lifetime: Type.Optional(
          Type.Integer({
            minimum: 1,
            description: 'Passages of one person (with one key) in all; any number unless told',
          }),
        ),
        atOnce: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000,
            description: 'Passages of one person (with one key) under way at once; 1 unless told',
          }),
        ),
        rate: Type.Optional(rateSchema),
        apart: lengthOf('The least time between two entries of one person (with one key)'),
        holdout: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 50,
            description: 'Of a hundred who enter, so many get no message, for comparison; 0 unless told',
          }),
        ),
        oldest: lengthOf('What happened longer ago lets nobody in; 24 hours unless told'),
      },
      { additionalProperties: false },
    ),
    exits: Type.Optional(Type.Array(exitSchema, { maxItems: 20 })),
    goal: Type.Optional(goalSchema),
    priority: Type.Optional(
      Type.Union(
        priorities.map((each) => Type.Literal(each)),
        {
          description:
            'Whose people go on first where many are due at once, and whose message where a person may get one more from a sender: high before usual (unless told) before low, and the older before the newer',
        },
      ),
    ),
    longestLifeDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3_650, description: 'Nobody stays longer: 400 days unless told' }),
    ),
    onOptOut: Type.Optional(
      Type.Union([Type.Literal('leave'), Type.Literal('stay')], {
        description:
          'What becomes of who opts out of all message types that the journey sends by: unless told they leave where it sends promotional messages only, and stay else',
      }),
    ),
    overdue: Type.Optional(
      Type.Union([Type.Literal('goOn'), Type.Literal('leave')], {
        description:
          'Whose wait ended while the journey was held goes on when it is resumed (unless told), or leaves',
      }),
    ),
    start: tileId,
    tiles: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Tiles by their ids; people follow them by id while the journey is changed',
    }),
    layout: Type.Optional(
      Type.Record(Type.String(), Type.Object({ x: Type.Number(), y: Type.Number() }), {
        description: 'Where the console draws the tiles; nothing goes by it',
      }),
    ),
    notes: Type.Optional(
      Type.Array(
        Type.Object({ text: Type.String({ maxLength: 2_000 }), x: Type.Number(), y: Type.Number() }),
        { maxItems: 100 },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'A journey: what lets people in, what takes them out, and the tiles between',
  },
);
