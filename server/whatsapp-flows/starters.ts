import type { FlowCategory } from '../providers/flow-management.ts';
import type { FlowMapping } from './mapping.ts';

/** A flow to begin with. */
export interface FlowStarter {
  key: string;
  name: string;
  /** What it is for, in a sentence. */
  about: string;
  categories: FlowCategory[];
  json: object;
  /** What becomes of its answers unless told; a message type is to be chosen. */
  mapping: Pick<FlowMapping, 'fields' | 'eventName'>;
}

const version = '7.0';
const layout = (...children: object[]) => ({ type: 'SingleColumnLayout', children });
const heading = (text: string) => ({ type: 'TextHeading', text });
const body = (text: string) => ({ type: 'TextBody', text });
const choice = (...titles: string[]) =>
  titles.map((title) => ({ id: title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'), title }));
const ends = (label: string, payload: Record<string, string>) => ({
  ...{ type: 'Footer', label },
  'on-click-action': { name: 'complete', payload },
});
const leadsTo = (label: string, screen: string) => ({
  ...{ type: 'Footer', label },
  'on-click-action': { name: 'navigate', next: { type: 'screen', name: screen }, payload: {} },
});

/** Flows to begin with: an opt-in, preferences, a survey, a lead. They ask no endpoint. */
export const flowStarters: readonly FlowStarter[] = [
  {
    key: 'optIn',
    name: 'Opt-in',
    about: 'Asks for a name and for the agreement to news, of which the text is kept as proof.',
    categories: ['SIGN_UP'],
    json: {
      version,
      screens: [
        {
          ...{ id: 'SIGN_UP', title: 'Stay in touch', terminal: true },
          layout: layout(
            heading('News on WhatsApp'),
            body('New things, offers and events, a few times a month.'),
            {
              ...{ type: 'TextInput', 'input-type': 'text', name: 'first_name', label: 'First name' },
              required: false,
            },
            {
              ...{ type: 'OptIn', name: 'agree', required: true },
              label: 'I agree to get news and offers on WhatsApp. I can end it at any time by writing STOP.',
            },
            ends('Sign up', { first_name: `\${form.first_name}`, agree: `\${form.agree}` }),
          ),
        },
      ],
    },
    mapping: {
      fields: [{ answer: 'first_name', field: 'firstName', type: 'string' }],
      eventName: 'flowOptIn',
    },
  },
  {
    key: 'preferences',
    name: 'Preferences',
    about: 'Asks what somebody likes to hear of, and how often.',
    categories: ['OTHER'],
    json: {
      version,
      screens: [
        {
          ...{ id: 'TOPICS', title: 'Your topics' },
          layout: layout(
            heading('What may we write about?'),
            {
              ...{ type: 'CheckboxGroup', name: 'topics', label: 'Topics', required: true },
              'data-source': choice('New arrivals', 'Offers', 'Events', 'Tips'),
            },
            leadsTo('Next', 'HOW_OFTEN'),
          ),
        },
        {
          ...{ id: 'HOW_OFTEN', title: 'How often', terminal: true },
          layout: layout(
            {
              ...{ type: 'RadioButtonsGroup', name: 'frequency', label: 'How often?', required: true },
              'data-source': choice('Weekly', 'Monthly', 'Only the best'),
            },
            ends('Save', {
              topics: `\${screen.TOPICS.form.topics}`,
              frequency: `\${form.frequency}`,
            }),
          ),
        },
      ],
    },
    mapping: {
      fields: [
        { answer: 'topics', field: 'topics', type: 'list' },
        { answer: 'frequency', field: 'messageFrequency', type: 'string' },
      ],
      eventName: 'preferencesGiven',
    },
  },
  {
    key: 'feedback',
    name: 'Feedback',
    about: 'A survey of two questions: how likely somebody is to recommend you, and why.',
    categories: ['SURVEY'],
    json: {
      version,
      screens: [
        {
          ...{ id: 'SCORE', title: 'Your opinion' },
          layout: layout(
            heading('How likely are you to recommend us?'),
            {
              ...{ type: 'Dropdown', name: 'score', label: 'From 0 to 10', required: true },
              'data-source': Array.from({ length: 11 }, (_, score) => ({
                ...{ id: String(score) },
                title: score === 0 ? '0, not at all' : score === 10 ? '10, very' : String(score),
              })),
            },
            leadsTo('Next', 'REASON'),
          ),
        },
        {
          ...{ id: 'REASON', title: 'Why?', terminal: true },
          layout: layout(
            {
              ...{ type: 'TextArea', name: 'reason', label: 'What is the main reason?' },
              required: false,
            },
            ends('Send', { score: `\${screen.SCORE.form.score}`, reason: `\${form.reason}` }),
          ),
        },
      ],
    },
    mapping: {
      fields: [{ answer: 'score', field: 'recommendationScore', type: 'number' }],
      eventName: 'feedbackGiven',
    },
  },
  {
    key: 'lead',
    name: 'Lead',
    about: 'Asks who somebody is, what they need, and by when.',
    categories: ['LEAD_GENERATION'],
    json: {
      version,
      screens: [
        {
          ...{ id: 'ABOUT_YOU', title: 'Talk to us', terminal: true },
          layout: layout(
            heading('How can we help?'),
            { type: 'TextInput', 'input-type': 'text', name: 'full_name', label: 'Name', required: true },
            { type: 'TextInput', 'input-type': 'text', name: 'company', label: 'Company', required: false },
            {
              ...{ type: 'Dropdown', name: 'need', label: 'What do you need?', required: true },
              'data-source': choice('A quote', 'A demonstration', 'Something else'),
            },
            { type: 'DatePicker', name: 'by_when', label: 'By when?', required: false },
            ends('Send', {
              full_name: `\${form.full_name}`,
              company: `\${form.company}`,
              need: `\${form.need}`,
              by_when: `\${form.by_when}`,
            }),
          ),
        },
      ],
    },
    mapping: {
      fields: [
        { answer: 'full_name', field: 'fullName', type: 'string' },
        { answer: 'company', field: 'company', type: 'string' },
      ],
      eventName: 'leadGiven',
    },
  },
];
