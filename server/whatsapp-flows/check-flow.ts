import { isRecord, type JsonRecord } from '../providers/json-reading.ts';
import {
  type FlowAction,
  type FlowPart,
  type FlowScreen,
  inputs,
  nextOf,
  referencesIn,
  screensOf,
  wordsAt,
} from './flow-json.ts';

/** What is wrong with a flow's JSON: where, what, and what to do. */
export interface FlowFault {
  path: string;
  fault: string;
  remedy: string;
}

/** Most parts of a screen, and most ways out of one (Meta, Flow JSON). */
const most = { parts: 50, ways: 10 };
/** What is far beyond all forms is told by itself, and not looked into: screens, and parts, actions and data of a screen. */
const read = { screens: 100, parts: 500 };
/** Names that a remedy tells, or that are told to be missing, and signs of each. */
const told = { names: 20, signs: 60 };
/** The id that ends a flow, which no screen may have (Meta, Flow JSON). */
export const endScreen = 'SUCCESS';
/** The one version in which a flow and its endpoint speak (Meta, Flow JSON). */
const exchangeVersion = '3.0';

const texts = ['TextHeading', 'TextSubheading', 'TextBody', 'TextCaption', 'RichText'];
const partTypes = new Set([
  ...inputs,
  ...texts,
  ...['EmbeddedLink', 'Image', 'ImageCarousel', 'NavigationList', 'If', 'Switch', 'Footer', 'Form'],
]);
const actionNames = new Set(['navigate', 'data_exchange', 'complete', 'update_data', 'open_url']);
const choices = new Set(['CheckboxGroup', 'RadioButtonsGroup', 'ChipsSelector', 'Dropdown']);

/** All that is wrong with a flow's JSON, in the order in which it stands. What Meta finds besides is told once it has it. Pure. */
export function flowFaults(json: unknown): FlowFault[] {
  if (!isRecord(json))
    return [{ path: '$', fault: 'is no JSON object', remedy: 'Give {"version", "screens"}.' }];
  const screens = screensOf(json);
  const vast = vastFault(json, screens);
  if (vast) return [vast];
  return [
    ...headFaults(json, screens),
    ...screens.flatMap((screen) => [
      ...screenFaults(screen, screens),
      ...partFaults(screen),
      ...screen.actions.flatMap((action) => actionFaults(action, screen, screens)),
      ...referenceFaults(screen, screens),
    ]),
    ...routingFaults(json, screens),
  ];
}

/** What is told alone of a form that is far beyond all that Meta takes: each part of it against each other would be more than there is room for. */
/** Whether a flow's JSON is far beyond all that Meta takes, so that nothing of it is looked into. Pure. */
export const isVast = (json: JsonRecord): boolean => vastFault(json, screensOf(json)) !== null;

function vastFault(json: JsonRecord, screens: readonly FlowScreen[]): FlowFault | null {
  const ways = isRecord(json.routing_model) ? json.routing_model : {};
  const counted = [
    { path: 'screens', count: lengthOf(json.screens), limit: read.screens },
    { path: 'routing_model', count: lengthOf(ways), limit: read.screens },
    ...Object.entries(ways).map(([from, to]) => ({
      ...{ path: `routing_model.${from.slice(0, told.signs)}`, count: lengthOf(to), limit: read.screens },
    })),
    ...screens.flatMap(({ path, parts, actions, data }) => [
      { path: `${path}.layout.children`, count: parts.length, limit: read.parts },
      { path: `${path}.layout`, count: actions.length, limit: read.parts },
      { path: `${path}.data`, count: lengthOf(data), limit: read.parts },
    ]),
  ];
  const vast = counted.find(({ count, limit }) => count > limit);
  return vast
    ? {
        path: vast.path,
        fault: `holds ${vast.count}, and no more than ${vast.limit} are read`,
        remedy: 'Leave some out, or make several flows.',
      }
    : null;
}

const lengthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Object.keys(value).length : 0;

/** Names to choose among, the first of them where there are many. */
const listed = (names: readonly string[]): string =>
  [
    ...names.slice(0, told.names).map((name) => name.slice(0, told.signs)),
    ...(names.length > told.names ? ['…'] : []),
  ].join(', ');

/** Whether a flow asks an endpoint while it is filled in. Pure. */
export function asksEndpoint(json: JsonRecord): boolean {
  return json.data_api_version !== undefined;
}

function headFaults(json: JsonRecord, screens: readonly FlowScreen[]): FlowFault[] {
  const faults: FlowFault[] = [];
  if (!/^\d+\.\d+$/.test(wordsAt(json, 'version')))
    faults.push({ path: 'version', fault: 'is missing, or no version', remedy: 'Give one such as "7.0".' });
  const exchanges = screens.flatMap(({ actions }) => actions.filter(({ name }) => name === 'data_exchange'));
  if (!asksEndpoint(json) && exchanges[0])
    faults.push({
      path: 'data_api_version',
      fault: `is missing, and ${exchanges[0].path} asks an endpoint`,
      remedy: `Give "${exchangeVersion}", or use navigate and complete.`,
    });
  if (asksEndpoint(json) && json.data_api_version !== exchangeVersion)
    faults.push({
      path: 'data_api_version',
      fault: 'is no version that there is',
      remedy: `Give "${exchangeVersion}".`,
    });
  if (asksEndpoint(json) && !isRecord(json.routing_model))
    faults.push({
      path: 'routing_model',
      fault: 'is missing',
      remedy: 'Say of each screen which may come after it: {"FIRST": ["SECOND"], "SECOND": []}.',
    });
  if (!Array.isArray(json.screens) || json.screens.length === 0)
    return [
      ...faults,
      { path: 'screens', fault: 'is missing or empty', remedy: 'Give at least one screen.' },
    ];
  for (const [index, screen] of json.screens.entries())
    if (!isRecord(screen))
      faults.push({
        path: `screens[${index}]`,
        fault: 'is no object',
        remedy: 'Give {"id", "title", "layout"}.',
      });
  if (screens.length > 0 && !screens.some(({ isTerminal }) => isTerminal))
    faults.push({
      path: 'screens',
      fault: 'has none that ends the flow',
      remedy: 'Give the last screen "terminal": true.',
    });
  return faults;
}

function screenFaults(screen: FlowScreen, screens: readonly FlowScreen[]): FlowFault[] {
  const { path, id, title, parts, isTerminal } = screen;
  const faults: FlowFault[] = [];
  const add = (at: string, fault: string, remedy: string) =>
    faults.push({ path: at === '' ? path : `${path}.${at}`, fault, remedy });
  if (id === endScreen) add('id', `is ${endScreen}, which Meta keeps for the end`, 'Give it another id.');
  else if (!/^[A-Za-z_]+$/.test(id))
    add(
      'id',
      id === '' ? 'is missing' : 'has other signs than letters and _',
      'Give one such as "FIRST_STEP".',
    );
  else if (screens.find((each) => each.id === id) !== screen)
    add('id', `is that of another screen, ${id}`, 'Give each screen an id of its own.');
  if (title === '') add('title', 'is missing', 'Give the words that stand above the screen.');
  const { layout } = screen.screen;
  if (!isRecord(layout) || layout.type !== 'SingleColumnLayout')
    add('layout.type', 'is not SingleColumnLayout', 'Give "SingleColumnLayout": there is no other.');
  if (parts.length === 0)
    add('layout.children', 'has no parts', 'Give at least a text and, on the last screen, a Footer.');
  if (parts.length > most.parts)
    add(
      'layout.children',
      `has ${parts.length} parts; Meta takes ${most.parts}`,
      'Move some to another screen.',
    );
  for (const [key, declared] of Object.entries(screen.data))
    if (!isRecord(declared) || declared.type === undefined || declared.__example__ === undefined)
      add(
        `data.${key}`,
        'has no type or no __example__',
        'Give both: {"type": "string", "__example__": "Ann"}.',
      );
  const footers = parts.filter(({ type }) => type === 'Footer');
  const inChoice = footers.filter((each) => /\.(?:then|else|cases)[.[]/.test(each.path));
  if (isTerminal && footers.length === 0)
    add('layout.children', 'has no Footer, which a last screen needs', 'Add a Footer that completes.');
  if (footers.length > 1 && inChoice.length === 0)
    add(
      'layout.children',
      `has ${footers.length} Footers; a screen has one`,
      'Keep one, or move some to a screen of their own.',
    );
  return faults;
}

function partFaults({ parts }: FlowScreen): FlowFault[] {
  const names = new Map<string, string>();
  return parts.flatMap(({ path, type, part }): FlowFault[] => {
    if (!partTypes.has(type))
      return [
        {
          path: `${path}.type`,
          fault: type === '' ? 'is missing' : `is ${JSON.stringify(type)}, which Meta has not`,
          remedy: `Choose among ${[...partTypes].join(', ')}.`,
        },
      ];
    return [
      ...(inputs.has(type) ? inputFaults({ path, type, part }, names) : []),
      ...(texts.includes(type) && isBlank(part.text)
        ? [{ path: `${path}.text`, fault: 'is missing', remedy: 'Give the words.' }]
        : []),
      ...(type === 'Footer' ? footerFaults(path, part) : []),
    ];
  });
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function inputFaults({ path, type, part }: FlowPart, names: Map<string, string>): FlowFault[] {
  const faults: FlowFault[] = [];
  const name = wordsAt(part, 'name');
  const before = names.get(name);
  if (name === '')
    faults.push({
      path: `${path}.name`,
      fault: 'is missing',
      remedy: 'Give the name by which its answer is known.',
    });
  else if (before !== undefined)
    faults.push({
      path: `${path}.name`,
      fault: `is that of ${before} too`,
      remedy: 'Give each input of a screen a name of its own.',
    });
  else names.set(name, path);
  if (isBlank(part.label))
    faults.push({ path: `${path}.label`, fault: 'is missing', remedy: 'Say what is asked for.' });
  if (choices.has(type) && isBlank(part['data-source']))
    faults.push({
      path: `${path}.data-source`,
      fault: 'is missing or empty',
      remedy: 'Give the choices: [{"id": "s", "title": "Small"}], or a reference to data that holds them.',
    });
  return faults;
}

function footerFaults(path: string, part: JsonRecord): FlowFault[] {
  const faults: FlowFault[] = [];
  if (isBlank(part.label))
    faults.push({ path: `${path}.label`, fault: 'is missing', remedy: 'Say what its button does.' });
  if (!isRecord(part['on-click-action']))
    faults.push({
      path: `${path}.on-click-action`,
      fault: 'is missing',
      remedy: 'Say what it does: {"name": "complete", "payload": {…}}.',
    });
  return faults;
}

function actionFaults(action: FlowAction, screen: FlowScreen, screens: readonly FlowScreen[]): FlowFault[] {
  const { path, name } = action;
  if (!actionNames.has(name))
    return [
      {
        path: `${path}.name`,
        fault: name === '' ? 'is missing' : `is ${JSON.stringify(name)}, which Meta has not`,
        remedy: `Choose among ${[...actionNames].join(', ')}.`,
      },
    ];
  if (name === 'complete' && !screen.isTerminal)
    return [
      {
        path: `${path}.name`,
        fault: 'completes on a screen that is not the last',
        remedy: `Give ${screen.path} "terminal": true, or navigate.`,
      },
    ];
  if (name === 'open_url' && isBlank(action.action.url))
    return [{ path: `${path}.url`, fault: 'is missing', remedy: 'Give an https address.' }];
  return name === 'navigate' ? navigationFaults(action, screen, screens) : [];
}

function navigationFaults(
  action: FlowAction,
  screen: FlowScreen,
  screens: readonly FlowScreen[],
): FlowFault[] {
  const { path } = action;
  const next = nextOf(action);
  const to = screens.find(({ id }) => id === next);
  if (!to)
    return [
      {
        path: `${path}.next.name`,
        fault: next === '' ? 'is missing' : `${next} is no screen of this flow`,
        remedy: `Choose among ${listed(screens.map(({ id }) => id))}.`,
      },
    ];
  if (to === screen)
    return [
      { path: `${path}.next.name`, fault: 'is its own screen', remedy: 'Navigate to another, or complete.' },
    ];
  const payload = isRecord(action.action.payload) ? action.action.payload : {};
  return Object.keys(to.data)
    .filter((key) => !Object.hasOwn(payload, key))
    .slice(0, told.names)
    .map((key) => ({
      path: `${path}.payload.${key}`,
      fault: `is missing, and the screen ${next} is to be given it`,
      remedy: `Give it, or take ${key} out of the data of ${next}.`,
    }));
}

/** What a screen refers to must be there: what is filled in on it, what it is given, and both of the screens before it. */
function referenceFaults(screen: FlowScreen, screens: readonly FlowScreen[]): FlowFault[] {
  const faults = new Map<string, FlowFault>();
  const { layout, ...head } = screen.screen;
  const found = [
    ...referencesIn(layout, `${screen.path}.layout`),
    ...referencesIn({ ...head, data: undefined }, screen.path),
  ];
  for (const { path, screen: named, of, name } of found) {
    const place = named === null ? screen : screens.find(({ id }) => id === named);
    if (!place)
      faults.set(path, {
        path,
        fault: `names the screen ${named}, which is not there`,
        remedy: `Choose among ${listed(screens.map(({ id }) => id))}.`,
      });
    else if (!(of === 'form' ? answersOf(place) : Object.keys(place.data)).includes(name))
      faults.set(path, {
        path,
        fault:
          of === 'form'
            ? `names ${name}, and no input of ${place.id} has that name`
            : `names ${name}, which ${place.id} is not given`,
        remedy:
          of === 'form'
            ? `Its inputs are ${listed(answersOf(place)) || 'none'}.`
            : `Declare it: "data": {"${name}": {"type": "string", "__example__": "…"}} on ${place.id}.`,
      });
  }
  return [...faults.values()];
}

const answersOf = ({ parts }: FlowScreen): string[] =>
  parts.filter(({ type }) => inputs.has(type)).map(({ part }) => wordsAt(part, 'name'));

function routingFaults({ routing_model: model }: JsonRecord, screens: readonly FlowScreen[]): FlowFault[] {
  if (!isRecord(model)) return [];
  const ids = screens.map(({ id }) => id);
  const faults: FlowFault[] = [];
  const unknown = (path: string, id: string) =>
    faults.push({
      path,
      fault: `${id} is no screen of this flow`,
      remedy: `Choose among ${listed(ids)}.`,
    });
  for (const [from, to] of Object.entries(model)) {
    const path = `routing_model.${from}`;
    if (!ids.includes(from)) unknown(path, from);
    if (!Array.isArray(to)) {
      faults.push({
        path,
        fault: 'is no list',
        remedy: 'Give the ids of the screens that may come after it.',
      });
      continue;
    }
    if (to.length > most.ways)
      faults.push({
        path,
        fault: `has ${to.length} ways; Meta takes ${most.ways}`,
        remedy: 'Leave some out.',
      });
    for (const [index, id] of to.entries())
      if (id === from)
        faults.push({ path: `${path}[${index}]`, fault: 'leads to itself', remedy: 'Take it out.' });
      else if (!ids.includes(String(id))) unknown(`${path}[${index}]`, String(id));
  }
  for (const { id, actions } of screens) {
    const ways = model[id];
    if (id !== '' && ways === undefined)
      faults.push({
        path: 'routing_model',
        fault: `says nothing of the screen ${id}`,
        remedy: `Add "${id}": [] with what may come after it.`,
      });
    for (const action of actions.filter(({ name }) => name === 'navigate'))
      if (Array.isArray(ways) && ids.includes(nextOf(action)) && !ways.includes(nextOf(action)))
        faults.push({
          path: `${action.path}.next.name`,
          fault: `leads to ${nextOf(action)}, which routing_model does not allow after ${id}`,
          remedy: `Add it to routing_model.${id}.`,
        });
  }
  return faults;
}
