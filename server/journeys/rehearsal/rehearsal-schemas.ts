import { Type } from 'typebox';
import { skipReasons } from '../../delivery/skip-reason.ts';
import { nullable } from '../../http/schemas.ts';
import { rehearsalStates } from './rehearsals.sql.ts';

const numbers = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });
const instant = (description: string) => Type.Integer({ description: `${description}, in ms since 1970` });
const price = Type.Number({ description: 'US dollars, by the project’s price list' });
const sends = {
  messages: Type.Integer({ description: 'Messages that leave' }),
  segments: Type.Integer(),
  price,
};

const chance = Type.Object({
  share: Type.Number({ description: 'Of a hundred' }),
  within: Type.Object({ minutes: Type.Optional(Type.Integer()), hours: Type.Optional(Type.Integer()) }),
  of: Type.Enum(['given', 'seen', 'unknown'], {
    description:
      'Whether it was given with the call; is as often as in the last 90 days of the project; or is not known, and so nobody is supposed to',
  }),
});

const supposed = Type.Object({
  messages: Type.Object({
    ...{ delivered: chance, failed: chance, read: chance, click: chance, reply: chance },
  }),
  ...{ purchase: chance, becomes: chance },
  events: Type.Record(Type.String(), chance),
  waits: Type.Record(Type.String(), Type.Record(Type.String(), chance)),
  webhooks: Type.Record(
    Type.String(),
    Type.Object({ failed: Type.Number(), answer: Type.Record(Type.String(), Type.Unknown()) }),
  ),
});

const people = Type.Optional(
  Type.Array(Type.String(), {
    description: 'Those who were named, each by what names the user in /api/users/{ref}',
  }),
);

const entries = Type.Object({
  recorded: Type.Optional(Type.Object({ people, from: instant('From'), until: instant('Until before') })),
  supposed: Type.Optional(
    Type.Object({
      listIds: Type.Optional(Type.Array(Type.Integer())),
      segmentIds: Type.Optional(Type.Array(Type.Integer())),
      everybody: Type.Optional(Type.Literal(true)),
      people,
      from: instant('When the first enter'),
      overMs: Type.Integer({ description: 'Over how long entries are spread, in ms; 0 for all at once' }),
      fields: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
});

/** What may be asked of a rehearsal of a journey. */
export const defaultsAnswer = Type.Object({
  now: Type.Integer({ description: 'What time it is here, in ms since 1970: days back are counted from it' }),
  notRecorded: nullable(
    Type.String({ description: 'Why it cannot go by recorded entries, in words; null where it can' }),
  ),
  occurrences: Type.Array(
    Type.Object({
      place: Type.Array(Type.String(), {
        description:
          'Where it stands in supposing: ["click"], ["events", "viewed"], ["waits", "answer", "yes"]',
      }),
      heardAt: Type.Array(Type.String(), { description: 'Tiles and exit rules that hear of it' }),
      chance,
    }),
    { description: 'What people may do that the journey hears of, with what is supposed unless told' },
  ),
  fieldsAsked: nullable(
    Type.String({
      description:
        'What the fields of supposed entries have to fulfil, in words; null where nothing is asked of them',
    }),
  ),
  calls: Type.Array(
    Type.Object({
      tile: Type.String(),
      keeps: Type.Array(Type.String(), { description: 'Names under which parts of the answer are kept' }),
    }),
    { description: 'Tiles that call an address, of which it can be said what it answers' },
  ),
});

const numbersByStep = (description: string) => Type.Array(Type.Integer(), { description });

/** Who is where as the virtual time goes by. */
export const standingsAnswer = Type.Object({
  everyMs: Type.Integer({ description: 'How long a step is, in ms' }),
  tiles: Type.Record(
    Type.String(),
    Type.Object({
      at: numbersByStep('When each step begins in which anybody comes or goes, in ms since 1970'),
      arrived: numbersByStep('How many come in it'),
      gone: numbersByStep('How many go on from there, or leave, in it'),
    }),
  ),
});

/** A rehearsal as lists tell it. */
const summary = {
  rehearsalId: Type.Integer(),
  version: nullable(Type.Integer({ description: 'Null for a draft' })),
  state: Type.Enum([...rehearsalStates]),
  fault: nullable(Type.String({ description: 'Why it failed' })),
  ...{ createdBy: Type.String(), createdAt: instant('When it was asked for') },
  endedAt: nullable(instant('When it was over')),
  entries,
  days: Type.Integer(),
  seed: Type.Integer(),
  from: instant('Where the virtual time begins'),
  until: instant('Where it ends'),
};

/** The list of a journey's rehearsals. */
export const rehearsalsAnswer = Type.Object({ rehearsals: Type.Array(Type.Object(summary)) });

const tile = {
  arrived: Type.Integer(),
  inside: Type.Integer({ description: 'There at the end of the virtual time' }),
  ways: numbers('By way'),
  left: numbers('By reason, those who came to an end of the journey not among them'),
};

const skips = numbers('Messages that are not sent, by reason');
const waiting = Type.Integer({ description: 'Messages that would leave after the end of the virtual time' });

const figures = Type.Object(
  {
    people: Type.Integer({ description: 'Whom something was to let in' }),
    entered: Type.Integer({ description: 'Passages that began' }),
    notEntered: numbers('Entries that were not let in, by reason'),
    heldOut: Type.Integer({
      description: 'Of those who entered, those who walk through it and get no message',
    }),
    inside: Type.Integer({ description: 'Still inside at the end of the virtual time' }),
    unfinished: numbers(
      'Of those inside, passages that were followed no further since there was too much of them, by the tile where they were left',
    ),
    finished: Type.Integer(),
    left: numbers('All others who left, by reason'),
    tiles: Type.Record(
      Type.String(),
      Type.Object({ ...tile, sends: nullable(Type.Object({ ...sends, skips, waiting })) }),
    ),
    sends: Type.Object({
      ...{ ...sends, skips, waiting },
      firstAt: nullable(instant('When the first message leaves')),
      lastAt: nullable(instant('When the last leaves, were senders as fast as need be')),
    }),
    channels: Type.Array(Type.Object({ channelId: Type.Integer(), medium: Type.String(), ...sends })),
    senders: Type.Array(
      Type.Object({
        ...{ senderId: Type.Integer(), name: Type.String(), ...sends },
        pace: nullable(Type.Number({ description: 'Segments a second; null for a sender that is gone' })),
        dailyCap: nullable(Type.Integer({ description: 'Segments a day; null for any number' })),
        mostLateMs: Type.Integer({
          description:
            'The most that a message leaves later than the end of the hour in which it is due, since the sender is not fast enough',
        }),
        hours: Type.Array(
          Type.Object({
            at: instant('When the hour begins'),
            messages: Type.Integer({ description: 'Due in it' }),
            segments: Type.Integer({ description: 'Due in it' }),
            left: Type.Integer({ description: 'Segments that wait for the sender’s pace when it ends' }),
            lateMs: Type.Integer({
              description:
                'How long after the hour the last of what is due in it leaves; 0 where all leave in it',
            }),
          }),
          { description: 'Hours in which something is due' },
        ),
      }),
    ),
  },
  { description: 'What it has come to so far' },
);

/** One rehearsal. */
export const rehearsalAnswer = Type.Object({
  ...summary,
  progress: Type.Object({
    people: Type.Integer({ description: 'Gone through so far' }),
    peopleInAll: nullable(
      Type.Integer({
        description: 'About how many there are, by the parts that are through; null before one is',
      }),
    ),
    share: Type.Number({ minimum: 0, maximum: 1, description: 'The part that is gone through' }),
  }),
  document: Type.Unknown({ description: 'What is rehearsed: the draft may be another by now' }),
  supposed,
  notForeseen: Type.Array(Type.Object({ tiles: Type.Array(Type.String()), words: Type.String() }), {
    description: 'What of the journey is not rehearsed, or not exactly, with the tiles that it is about',
  }),
  figures,
  actual: nullable(
    Type.Object(
      {
        entered: Type.Integer(),
        inside: Type.Integer(),
        finished: Type.Integer(),
        left: numbers('All others, by reason'),
        tiles: Type.Record(Type.String(), Type.Object(tile)),
      },
      { description: 'What has really become of people since the journey was published; null before' },
    ),
  ),
});

/** A page of people. */
export const peopleAnswer = Type.Object({
  people: Type.Array(
    Type.Object({
      userRef: Type.String({ description: 'Names the user in /api/users/{ref}' }),
      ...{
        email: nullable(Type.String()),
        userId: nullable(Type.String()),
        phoneNumber: nullable(Type.String()),
      },
      passages: Type.Array(
        Type.Object({
          ...{ key: Type.String(), enteredAt: instant('When they enter'), cause: Type.Unknown() },
          isHeldOut: Type.Boolean(),
          steps: Type.Array(
            Type.Object({
              ...{ tile: Type.String(), at: instant('When') },
              way: nullable(
                Type.String({ description: 'By which they go on; null for who stays, or leaves' }),
              ),
              left: nullable(Type.String({ description: 'Why they leave here' })),
              seen: Type.Unknown({ description: 'What was seen of them' }),
            }),
          ),
          tile: Type.String({ description: 'Where they are at the end, or left from' }),
          leftAt: nullable(instant('When they left')),
          reason: nullable(Type.String({ description: 'Why they left; null for who is inside' })),
          detail: nullable(Type.String()),
          stuck: nullable(
            Type.String({
              description:
                'Why they go no further, though nobody let them go: notForeseen, unfinished where there is too much of it to be followed, or a circle',
            }),
          ),
          messages: Type.Array(
            Type.Object({
              ...{ tile: Type.String(), medium: Type.String() },
              senderId: nullable(Type.Integer()),
              address: nullable(Type.String()),
              at: instant('When it leaves, were its sender as fast as need be, or is found not to'),
              ...{ segments: Type.Integer(), price },
              skip: nullable(Type.Enum([...skipReasons], { description: 'Why it is not sent' })),
              detail: nullable(Type.String()),
            }),
          ),
          leftOut: Type.Integer({
            description:
              'Steps and messages that are not told beside these: of one person the first thousand are',
          }),
        }),
      ),
      notEntered: Type.Array(
        Type.Object({
          at: instant('When'),
          key: Type.String(),
          reason: Type.String(),
          cause: Type.Unknown(),
        }),
      ),
    }),
  ),
  looked: Type.Integer({ description: 'People gone through for this page' }),
  nextAfter: Type.Optional(Type.String()),
});
