import { isRecord, type JsonRecord } from '../providers/json-reading.ts';

/** A part of a screen, with where it stands in the JSON. */
export interface FlowPart {
  /** `screens[0].layout.children[2]` */
  path: string;
  type: string;
  part: JsonRecord;
}

/** What a part does when it is touched. */
export interface FlowAction {
  path: string;
  name: string;
  action: JsonRecord;
}

/** A screen of a flow. */
export interface FlowScreen {
  path: string;
  id: string;
  title: string;
  isTerminal: boolean;
  /** What it says it is given, by key: each with a type and an example. */
  data: JsonRecord;
  /** All parts, those within forms and choices too. */
  parts: FlowPart[];
  actions: FlowAction[];
  screen: JsonRecord;
}

/** Parts by which people answer, each with whether it must have a label. */
export const inputs: ReadonlySet<string> = new Set([
  ...['TextInput', 'TextArea', 'CheckboxGroup', 'RadioButtonsGroup', 'ChipsSelector', 'Dropdown'],
  ...['DatePicker', 'CalendarPicker', 'OptIn', 'PhotoPicker', 'DocumentPicker'],
]);

/** Text under a key; empty where there is none. */
export const wordsAt = (record: JsonRecord, key: string): string => {
  const value = record[key];
  return typeof value === 'string' ? value : '';
};

/** The screens of a flow's JSON, whatever is wrong with it. Pure. */
export function screensOf(json: JsonRecord): FlowScreen[] {
  const screens = Array.isArray(json.screens) ? json.screens : [];
  return screens.flatMap((screen: unknown, index) => (isRecord(screen) ? readScreen(screen, index) : []));
}

function readScreen(screen: JsonRecord, index: number): FlowScreen {
  const path = `screens[${index}]`;
  const layout = isRecord(screen.layout) ? screen.layout : {};
  const parts = partsIn(layout.children, `${path}.layout.children`);
  return {
    ...{ path, screen, id: wordsAt(screen, 'id'), title: wordsAt(screen, 'title') },
    isTerminal: screen.terminal === true,
    data: isRecord(screen.data) ? screen.data : {},
    parts,
    actions: parts.flatMap(actionsOf),
  };
}

/** What may stand within another is read as deep as this, far beyond what phones show. */
const deepest = 8;

function partsIn(children: unknown, path: string, depth = 0): FlowPart[] {
  if (!Array.isArray(children) || depth > deepest) return [];
  return children.flatMap((part: unknown, index): FlowPart[] => {
    if (!isRecord(part)) return [];
    const own = `${path}[${index}]`;
    const cases = isRecord(part.cases) ? Object.entries(part.cases) : [];
    return [
      { path: own, type: wordsAt(part, 'type'), part },
      ...(['children', 'then', 'else'] as const).flatMap((name) =>
        partsIn(part[name], `${own}.${name}`, depth + 1),
      ),
      ...cases.flatMap(([name, within]) => partsIn(within, `${own}.cases.${name}`, depth + 1)),
    ];
  });
}

const actionNames = ['on-click-action', 'on-select-action', 'on-unselect-action'];

function actionsOf({ path, part }: FlowPart): FlowAction[] {
  const items = Array.isArray(part['list-items']) ? part['list-items'].filter(isRecord) : [];
  const holders: [string, JsonRecord][] = [
    [path, part],
    ...items.map((item, index): [string, JsonRecord] => [`${path}.list-items[${index}]`, item]),
  ];
  return holders.flatMap(([place, holder]) =>
    actionNames.flatMap((name) => {
      const action = holder[name];
      return isRecord(action) ? [{ path: `${place}.${name}`, name: wordsAt(action, 'name'), action }] : [];
    }),
  );
}

/** The screen that an action of navigation leads to; empty where it leads nowhere. */
export function nextOf({ action }: FlowAction): string {
  return isRecord(action.next) ? wordsAt(action.next, 'name') : '';
}

/** A reference to what was filled in, or to what a screen was given. */
export interface FlowReference {
  path: string;
  /** Of another screen; null of its own. */
  screen: string | null;
  of: 'form' | 'data';
  name: string;
}

/** What is left of a reference after its name is read no farther than this, and ends the name: text of any length is read in one go. */
const reference = /\$\{\s*(?:screen\.(\w+)\.)?(form|data)\.(\w+)(?:[^}\w][^}]{0,500})?\}/g;

/** Of a text so much is read, more than Meta takes of any. */
const longestText = 10_000;

/** All references within a value, with where each stands. Pure. */
export function referencesIn(value: unknown, path: string, depth = 0): FlowReference[] {
  if (typeof value === 'string')
    return [...value.slice(0, longestText).matchAll(reference)].map(([, screen, of, name = '']) => ({
      ...{ path, screen: screen ?? null, name },
      of: of === 'data' ? ('data' as const) : ('form' as const),
    }));
  if (depth > 4 * deepest || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) => referencesIn(each, `${path}[${index}]`, depth + 1));
  return Object.entries(value).flatMap(([name, each]) => referencesIn(each, `${path}.${name}`, depth + 1));
}
