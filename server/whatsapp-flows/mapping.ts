import { type Static, Type } from 'typebox';
import { rowId } from '../http/schemas.ts';
import { identityFieldNames } from '../users/identity.ts';
import type { FlowAnswerField } from './flow-answers.ts';

const answerName = Type.String({ minLength: 1, maxLength: 200, description: 'As it stands in the answer' });
const fieldTypes = ['string', 'number', 'boolean', 'date', 'list'] as const;

/** What becomes of answers to a flow. */
export const flowMapping = Type.Object(
  {
    fields: Type.Array(
      Type.Object({
        answer: answerName,
        field: Type.String({ minLength: 1, maxLength: 255, description: 'Of the profile' }),
        type: Type.Enum([...fieldTypes], {
          description: 'What is kept; an answer that is nothing of the kind is left out, and told',
        }),
      }),
      { maxItems: 50 },
    ),
    eventName: Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Null()], {
      description: 'An event that is tracked with each answer, which holds all of it; null for none',
    }),
    consents: Type.Array(
      Type.Object({ answer: answerName, messageTypeId: rowId }, { additionalProperties: false }),
      {
        maxItems: 20,
        description:
          'Opt-ins: each names an answer that an OptIn gives, whose label is the text that is agreed to. Nothing else of a flow opts anybody in',
      },
    ),
  },
  { additionalProperties: false },
);

export type FlowMapping = Static<typeof flowMapping>;
type FieldType = (typeof fieldTypes)[number];

/** What a new flow has. */
export const noMapping: FlowMapping = { fields: [], eventName: null, consents: [] };

/** What is wrong with a mapping of a flow with these answers, each with its field. Pure. */
export function mappingFaults(
  { fields, consents }: FlowMapping,
  answers: readonly FlowAnswerField[],
): { field: string; fault: string }[] {
  const names = answers.map(({ name }) => name);
  const known = names.join(', ') || 'none';
  const faults: { field: string; fault: string }[] = [];
  const given = new Set<string>();
  for (const [index, { answer, field }] of fields.entries()) {
    const at = `fields.${index}`;
    if (!names.includes(answer))
      faults.push({ field: `${at}.answer`, fault: `${answer} is no answer of the flow; it has ${known}` });
    if (identityFieldNames.includes(field))
      faults.push({
        field: `${at}.field`,
        fault: `${field} is one by which people are known, and is not changed by a form; choose another field`,
      });
    if (given.has(field))
      faults.push({
        field: `${at}.field`,
        fault: `${field} is given by another answer; choose one of the two`,
      });
    given.add(field);
  }
  for (const [index, { answer }] of consents.entries()) {
    const at = `consents.${index}.answer`;
    const found = answers.find(({ name }) => name === answer);
    if (!found) faults.push({ field: at, fault: `${answer} is no answer of the flow; it has ${known}` });
    else if (found.part !== 'OptIn')
      faults.push({
        field: at,
        fault: `${answer} is filled in with ${found.part ?? 'nothing that people touch'}, and only an OptIn is an agreement; name one`,
      });
    else if (found.label === null)
      faults.push({
        field: at,
        fault: `${answer} has no words that are the same on every way to it, and seen before they are agreed to; they are the proof. Write the label out, leave the OptIn unticked, and name it in each payload as \${form.NAME} or \${screen.ID.form.NAME}, always that of the same words`,
      });
  }
  return faults;
}

/** An answer as a field of its type holds it; undefined where it is nothing of the kind. Pure. */
export function typedAnswer(value: unknown, type: FieldType): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    case 'number': {
      if (typeof value === 'number') return value;
      const text = typeof value === 'string' ? value.trim().replace(',', '.') : '';
      return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
    }
    case 'boolean':
      if (value === true || value === 'true') return true;
      return value === false || value === 'false' ? false : undefined;
    case 'date':
      return dayOf(value);
    case 'list':
      if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
      return typeof value === 'string' && value !== '' ? [value] : undefined;
  }
}

/** A day as YYYY-MM-DD; older phones tell it in milliseconds since 1970. */
function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const at = new Date(`${value}T00:00:00Z`);
    return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value ? undefined : value;
  }
  const at = new Date(/^-?\d{1,14}$/.test(value) ? Number(value) : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().slice(0, 10);
}
