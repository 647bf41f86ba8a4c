import { type Static, Type } from 'typebox';
import { ApiError } from '../../../http/errors.ts';
import type { AlertFields } from './alerts.sql.ts';
import type { AlertChange, Interest } from './item-alert.ts';

/** Interests of one alert, and fields that are told along: each is looked for, or told, for everyone. */
const [mostInterests, mostFields] = [10, 20];
const longestPath = 255;

const strict = { additionalProperties: false };
const path = (description: string) => Type.String({ minLength: 1, maxLength: longestPath, description });

const becomes = Type.Object(
  {
    is: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean()])),
    moreThan: Type.Optional(Type.Number()),
    atLeast: Type.Optional(Type.Number()),
    lessThan: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
  },
  { ...strict, description: 'What was not true of the field before and is now; all that is said must hold' },
);

const by = Type.Object(
  {
    share: Type.Optional(Type.Number({ minimum: 0, description: 'Of what it was: 0.1 is a tenth' })),
    amount: Type.Optional(Type.Number({ minimum: 0 })),
  },
  { ...strict, description: 'By at least so much at once; {} for any' },
);

/** The change an alert tells of: a field, and one of `becomes`, `falls` and `rises`. */
const when = Type.Object(
  {
    field: path('Of the item; of an object in it by its path, address.city'),
    becomes: Type.Optional(becomes),
    falls: Type.Optional(by),
    rises: Type.Optional(by),
    newItems: Type.Optional(
      Type.Boolean({ description: 'With becomes: items that are new count too. false unless told' }),
    ),
  },
  strict,
);

/** Whom it is told: who did an event that names the item, or has it in the cart. */
const interest = Type.Object(
  {
    event: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'The name of an event' })),
    field: Type.Optional(path('Of the event, in which the id of an item stands, alone or in lists')),
    cart: Type.Optional(
      Type.Enum(['id', 'sku'], {
        description: 'Instead of an event: the item is in the cart, where this is its id',
      }),
    ),
    days: Type.Integer({ minimum: 1, maximum: 365, description: 'How long ago at most' }),
  },
  strict,
);

/** What may be said of an alert in a call. */
export const alertShape = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  when,
  who: Type.Array(interest, { minItems: 1, maxItems: mostInterests }),
  fields: Type.Optional(
    Type.Array(path('Of the item'), {
      maxItems: mostFields,
      description: 'Fields of the item that are told along',
    }),
  ),
};

const alertBody = Type.Object(alertShape);

/** An alert as a call states it, read. @throws ApiError BadParams for what says too little, too much or nothing. */
export function readAlert(call: Static<typeof alertBody>): AlertFields {
  const fields = [...new Set(call.fields ?? [])];
  for (const [index, each] of fields.entries()) requirePath(each, `fields.${index}`);
  return {
    name: call.name.trim(),
    change: readChange(call.when),
    interests: call.who.map(readInterest),
    fields,
  };
}

function readChange({ field, newItems, ...said }: Static<typeof when>): AlertChange {
  requirePath(field, 'when.field');
  const [first, ...others] = Object.keys(said);
  if (first === undefined || others.length > 0)
    throw refuse(
      'when',
      first === undefined
        ? 'says no change; give becomes, falls or rises'
        : `says ${[first, ...others].join(' and ')}; give one of them, and make an alert for each`,
    );
  if (newItems !== undefined && said.becomes === undefined)
    throw refuse('when.newItems', `goes with becomes; of a new item nothing ${first}`);
  if (said.falls) return { field, falls: said.falls };
  if (said.rises) return { field, rises: said.rises };
  const asked = said.becomes ?? {};
  if (Object.keys(asked).length === 0)
    throw refuse('when.becomes', 'is empty; give is, moreThan, atLeast, lessThan or atMost');
  return { field, becomes: asked, ...(newItems && { newItems }) };
}

function readInterest({ event, field, cart, days }: Static<typeof interest>, index: number): Interest {
  const place = `who.${index}`;
  if (cart !== undefined) {
    if (event === undefined && field === undefined) return { cart, days };
    throw refuse(place, 'says an event and the cart; give one of them, and the other beside it');
  }
  if (event === undefined) throw refuse(place, 'says nothing that people do; give event with field, or cart');
  if (field === undefined)
    throw refuse(`${place}.field`, `is missing; name the field of ${event} that holds the id of an item`);
  requirePath(field, `${place}.field`);
  return { event, field, days };
}

function requirePath(value: string, place: string): void {
  if (value.split('.').some((name) => name.trim() === ''))
    throw refuse(place, 'is a path with an empty name in it; write it as address.city');
}

const refuse = (field: string, fault: string) => new ApiError('BadParams', `${field} ${fault}`, { field });
