import { Type } from 'typebox';
import { leafKind, type RemarkGround, strict } from '../leaf-kind.ts';
import { readConditions } from '../values/conditions.ts';
import { fieldRemarks } from './field-remarks.ts';
import { historyFlips, historyHolds, historyShown } from './history.sql.ts';
import { type History, heardOfHistory, historySchema, historyWords, readHistory } from './history.ts';

const schema = strict(
  { name: Type.String({ minLength: 1, maxLength: 255 }), ...historySchema },
  'What somebody did, or did not: events of one name. Those that lie in the future count for nothing',
);

/** Events of a name. */
export const eventLeaf = leafKind('event', schema, ({ name, where: given, ...asked }, place, ground) => {
  const where = given === undefined ? null : readConditions(given, `${place}.where`, ground);
  const history = readHistory(name, asked, where, place, ground);
  return {
    stored: { name, ...(where && { where: where.stored }), ...history.stored },
    refersTo: [],
    sentence: () => historyWords(history),
    holds: (of) => historyHolds(history, of),
    flipsAt: (of) => historyFlips(history, of),
    hears: heardOfHistory(history),
    shows: (of) => historyShown(history, of),
    remarks: (known) => historyRemarks(history, name, known),
  };
});

/** What is odd or dear about asking for events so. */
export function historyRemarks(history: History, name: string, known: RemarkGround): string[] {
  const fields = known.events.get(name) ?? new Map<string, string>();
  const measured = 'path' in history.measure ? [{ name: history.measure.path[0], types: null }] : [];
  return [
    ...(history.when?.window.hasBeginning
      ? []
      : [`Reads every “${name}” there ever was; say during where older ones do not matter`]),
    ...[...(history.where?.fields ?? []), ...measured].flatMap((field) =>
      fieldRemarks(`“${name}”`, [field.name], field.types, fields),
    ),
  ];
}
