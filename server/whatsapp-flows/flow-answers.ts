import { isRecord, type JsonRecord } from '../providers/json-reading.ts';
import {
  type FlowPart,
  type FlowScreen,
  inputs,
  nextOf,
  referencesIn,
  screensOf,
  wordsAt,
} from './flow-json.ts';

/** Something that people's answers to a flow hold. */
export interface FlowAnswerField {
  /** By which it stands in the answer. */
  name: string;
  /** The part that it was filled in with, as `OptIn`; null where it is what the flow was given, or always the same. */
  part: string | null;
  /** What was asked, as people read it; null where it is not known beforehand, or is not all that the answer may come from. */
  label: string | null;
  /** The choices, by the id that is answered. */
  choices: { id: string; title: string }[];
}

/** How far back an answer is followed from screen to screen. */
const farthest = 20;

/** What answers to a flow hold, by the payloads of what ends it, and of what is sent to its endpoint. Pure. */
export function answerFields(json: JsonRecord): FlowAnswerField[] {
  const form: FollowedForm = { screens: screensOf(json), followed: new Map() };
  const fields = new Map<string, FlowAnswerField>();
  for (const screen of form.screens)
    for (const { name, action } of screen.actions) {
      if (name !== 'complete' && name !== 'data_exchange') continue;
      const payload = isRecord(action.payload) ? action.payload : {};
      for (const [key, value] of Object.entries(payload)) {
        const field = { ...sourceOf(value, screen, form), name: key };
        const before = fields.get(key);
        fields.set(key, before ? { ...eitherOf(before, field), name: key } : field);
      }
    }
  return [...fields.values()];
}

type Source = Omit<FlowAnswerField, 'name'>;
interface FollowedForm {
  screens: readonly FlowScreen[];
  /** Sources of what screens are given, by screen and name: each is looked for once, however many ways lead to it and in circles. */
  followed: Map<string, Source>;
}

const unknown: Source = { part: null, label: null, choices: [] };

/**
 * Of two sources of an answer the one that tells more. An agreement is none where not every way to it has the same words: what another way
 * answers, its person may never have seen.
 */
function eitherOf(one: Source, other: Source): Source {
  if (one.part !== 'OptIn' && other.part !== 'OptIn') return one.part === null ? other : one;
  const isSame = one.part === other.part && one.label === other.label;
  return isSame ? one : { part: 'OptIn', label: null, choices: [] };
}

function sourceOf(value: unknown, screen: FlowScreen, form: FollowedForm, steps = 0): Source {
  // Words around it make it another value than what was filled in.
  if (typeof value !== 'string' || !/^\$\{[^}`]*\}$/.test(value.trim()) || steps > farthest) return unknown;
  const [found] = referencesIn(value, '');
  if (!found) return unknown;
  const place = found.screen === null ? screen : form.screens.find(({ id }) => id === found.screen);
  if (!place) return unknown;
  if (found.of === 'form') {
    const input = place.parts.find(
      ({ type, part }) => inputs.has(type) && wordsAt(part, 'name') === found.name,
    );
    return input
      ? {
          part: input.type,
          label: isPreset(input, place) ? null : fixedWords(input.part.label),
          choices: choicesIn(input.part['data-source']),
        }
      : unknown;
  }
  const key = `${place.path} ${found.name}`;
  const known = form.followed.get(key);
  if (known) return known;
  form.followed.set(key, unknown);
  const given = givenTo(place, found.name, form, steps);
  form.followed.set(key, given);
  return given;
}

/** What a screen is given comes from what leads to it. */
function givenTo(place: FlowScreen, name: string, form: FollowedForm, steps: number): Source {
  for (const before of form.screens)
    for (const action of before.actions) {
      const { payload } = action.action;
      if (action.name !== 'navigate' || nextOf(action) !== place.id || !isRecord(payload)) continue;
      const source = sourceOf(payload[name], before, form, steps + 1);
      // A message may open the flow here, and an endpoint lead here, with a yes that nobody gave.
      if (source.part === 'OptIn') return { ...source, label: null };
      if (source.part !== null) return source;
    }
  return unknown;
}

/** Whether an OptIn may be ticked before anybody touches it, which agrees to nothing. */
function isPreset({ type, part }: FlowPart, { parts }: FlowScreen): boolean {
  if (type !== 'OptIn') return false;
  const ofForms = parts.map((form) => {
    const values = form.part['init-values'];
    // A reference may stand for all values of a form.
    return isRecord(values) ? values[wordsAt(part, 'name')] : values;
  });
  return [part['init-value'], ...ofForms].some((value) => value !== undefined && value !== false);
}

/** Words that are the same for everybody; null for those with something filled in. */
function fixedWords(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && !value.includes('${') ? value : null;
}

function choicesIn(value: unknown): { id: string; title: string }[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((each) => ({ id: wordsAt(each, 'id'), title: wordsAt(each, 'title') }));
}
