import { type Static, Type } from 'typebox';
import { compileTemplate } from '../content/rendering/compile-template.ts';
import { TemplateError } from '../content/rendering/template-error.ts';
import { placeOfUrl } from '../outbound/place.ts';
import { isRecord, type JsonRecord } from '../providers/json-reading.ts';
import { endScreen } from './check-flow.ts';
import { type FlowScreen, screensOf, wordsAt } from './flow-json.ts';

const screenId = Type.String({ minLength: 1, maxLength: 200 });

/** What a flow that asks while it is filled in is answered. */
export const exchangePlan = Type.Object(
  {
    start: Type.Union([screenId, Type.Null()], {
      description: 'The screen that it opens with; null for the first',
    }),
    screens: Type.Record(
      Type.String(),
      Type.Object(
        {
          data: Type.Optional(
            Type.Record(Type.String(), Type.String({ maxLength: 20_000 }), {
              description:
                'What the screen is given, by key: Handlebars over the person, and over `answer`, what they have just filled in. What is no text by the screen’s own declaration is read as JSON',
            }),
          ),
          next: Type.Optional(
            Type.Union([screenId, Type.Null()], {
              description: `Which screen follows where it is submitted; ${endScreen} ends the flow`,
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { description: 'By their ids' },
    ),
    forwardTo: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()], {
      description:
        'An address of your own that is asked what comes next, in place of `next`; null for none. It is posted what was filled in, and answers {"screen", "data"} within 7 seconds',
    }),
  },
  { additionalProperties: false },
);

export type ExchangePlan = Static<typeof exchangePlan>;

/** What is wrong with a plan for a flow, each with its field. Pure. */
export function exchangeFaults(
  { start, screens, forwardTo }: ExchangePlan,
  json: JsonRecord,
): { field: string; fault: string }[] {
  const known = screensOf(json);
  const ids = known.map(({ id }) => id);
  const unknown = (field: string, id: string) => ({
    field,
    fault: `${id} is no screen of the flow; it has ${ids.join(', ')}`,
  });
  const place = forwardTo === null ? null : placeOfUrl(forwardTo);
  return [
    ...(place && 'fault' in place ? [{ field: 'forwardTo', fault: place.fault }] : []),
    ...(start !== null && !ids.includes(start) ? [unknown('start', start)] : []),
    ...Object.entries(screens).flatMap(([id, { data = {}, next }]) => {
      const at = `screens.${id}`;
      const screen = known.find((each) => each.id === id);
      if (!screen) return [unknown(at, id)];
      return [
        ...(typeof next === 'string' && next !== endScreen && !ids.includes(next)
          ? [unknown(`${at}.next`, next)]
          : []),
        ...Object.entries(data).flatMap(([key, source]) =>
          dataFaults(`${at}.data.${key}`, key, source, screen),
        ),
      ];
    }),
  ];
}

function dataFaults(field: string, key: string, source: string, screen: FlowScreen) {
  if (!Object.hasOwn(screen.data, key))
    return [
      {
        field,
        fault: `the screen is given no ${key}; it is given ${Object.keys(screen.data).join(', ') || 'nothing'}`,
      },
    ];
  try {
    compileTemplate(source);
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return [{ field, fault: error.message }];
    throw error;
  }
}

/**
 * A text as what a screen declares that it is given. What cannot be read so is as good as nothing: an empty list, an empty text, no. Pure.
 */
export function typedData(text: string, screen: JsonRecord | undefined, key: string): unknown {
  const data = screen && isRecord(screen.data) ? screen.data[key] : undefined;
  const type = isRecord(data) ? wordsAt(data, 'type') : 'string';
  switch (type) {
    case 'boolean':
      return text.trim() === 'true';
    case 'number':
    case 'integer':
      return Number.isFinite(Number(text)) ? Number(text) : 0;
    case 'array':
    case 'object': {
      const value = parsed(text);
      if (type === 'array') return Array.isArray(value) ? value : [];
      return isRecord(value) ? value : {};
    }
    default:
      return text;
  }
}

function parsed(text: string): unknown {
  try {
    // Lists written with a loop end with a comma more often than not.
    return JSON.parse(text.replace(/,\s*([\]}])/g, '$1'));
  } catch {
    return null;
  }
}
