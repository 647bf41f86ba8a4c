import { Checkbox, Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { channelsQuery, messageTypesQuery } from '../../api/channels.ts';
import { listsQuery } from '../../api/lists.ts';
import { type KnownNames, segmentsQuery } from '../../api/segments.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { typeWords } from '../../words/type-words.ts';
import { ComparisonForm, isShownComparison } from './comparison-form.tsx';
import { isPart, type Leaf, saysOnly } from './definition.ts';
import { Frequency, HistoryForm, isShownHistory } from './history-form.tsx';
import { JsonForm } from './json-form.tsx';
import { isShownWindow, WindowForm } from './window-form.tsx';

interface FormProps {
  leaf: Leaf;
  names: KnownNames;
  onChange: (leaf: Leaf) => void;
}

/** A condition as a line that is read and written; as JSON where it says more than its form shows. */
export function ConditionForm({ kind, ...props }: FormProps & { kind: string }) {
  // What was begun as JSON stays so while one writes.
  const [isJson] = useState(!isShown(kind, props.leaf));
  const Form = forms[kind];
  if (isJson || !Form || !isShown(kind, props.leaf))
    return <JsonForm leaf={props.leaf} onChange={props.onChange} />;
  return <Form {...props} />;
}

const forms: Readonly<Record<string, (props: FormProps) => ReactNode>> = {
  field: FieldForm,
  event: (props) => <HistoryForm kind="event" {...props} />,
  purchase: (props) => <HistoryForm kind="purchase" {...props} />,
  list: ListForm,
  segment: SegmentForm,
  subscription: SubscriptionForm,
  reach: ReachForm,
  place: PlaceForm,
  message: MessageForm,
  share: ShareForm,
};

/** Whether its form can show all that a condition says. */
function isShown(kind: string, leaf: Leaf): boolean {
  const isWindow = isShownWindow(leaf.during);
  switch (kind) {
    case 'field':
      return isShownComparison(leaf);
    case 'event':
    case 'purchase':
      return isShownHistory(leaf);
    case 'list':
      return saysOnly(leaf, ['ids', 'during', 'zone']) && isWindow;
    case 'subscription':
      return saysOnly(leaf, ['channelId', 'messageTypeId', 'status']);
    case 'place':
      return !('near' in leaf);
    case 'message':
      return saysOnly(leaf, ['what', 'during', 'zone', 'times']) && isWindow;
    default:
      return kind in forms;
  }
}

function FieldForm({ leaf, names, onChange }: FormProps) {
  return <ComparisonForm label="Their" comparison={leaf} fields={profileFields(names)} onChange={onChange} />;
}

const ownFields = ['email', 'userId', 'phoneNumber', 'signupDate', 'profileUpdatedAt'];

/** Fields of profiles, with those that everybody may have. */
const profileFields = ({ fields }: KnownNames) => [
  ...fields,
  ...ownFields
    .map((name) => ({ name, type: 'string' }))
    .filter(({ name }) => !fields.some((each) => each.name === name)),
];

const numbersOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function ListForm({ leaf, onChange }: FormProps) {
  const { data: lists = [] } = useQuery(listsQuery);
  return (
    <Group gap="xs" align="flex-end">
      <MultiSelect
        label="They are on one of the lists"
        searchable
        data={lists.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={numbersOf(leaf.ids)}
        onChange={(ids) => onChange({ ...leaf, ids: ids.map(Number) })}
      />
      <WindowForm
        window={isPart(leaf.during) ? leaf.during : undefined}
        onChange={(during) => {
          const { during: _, zone: __, ...rest } = leaf;
          onChange(during ? { ...rest, during } : rest);
        }}
      />
    </Group>
  );
}

function SegmentForm({ leaf, onChange }: FormProps) {
  const { data: segments = [] } = useQuery(segmentsQuery);
  return (
    <Select
      label="They are of the segment"
      searchable
      allowDeselect={false}
      data={segments.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={leaf.id === undefined ? null : String(leaf.id)}
      onChange={(id) => onChange({ id: Number(id) })}
    />
  );
}

function SubscriptionForm({ leaf, onChange }: FormProps) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const value =
    leaf.channelId !== undefined
      ? `channel ${leaf.channelId}`
      : leaf.messageTypeId !== undefined
        ? `type ${leaf.messageTypeId}`
        : null;
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="They are"
        allowDeselect={false}
        data={[
          { value: 'subscribed', label: 'subscribed' },
          { value: 'pending', label: 'yet to confirm' },
          { value: 'unsubscribed', label: 'unsubscribed' },
          { value: 'none', label: 'neither, nothing was said' },
        ]}
        value={String(leaf.status)}
        onChange={(status) => onChange({ ...leaf, status })}
      />
      <Select
        label="With"
        searchable
        allowDeselect={false}
        data={[
          {
            group: 'Channels',
            items: channels.map(({ id, name }) => ({ value: `channel ${id}`, label: name })),
          },
          {
            group: 'Message types',
            items: types.map((type) => ({ value: `type ${type.id}`, label: typeWords(type) })),
          },
        ]}
        value={value}
        onChange={(chosen) => {
          const [of, id] = (chosen ?? '').split(' ');
          onChange({ status: leaf.status, [of === 'channel' ? 'channelId' : 'messageTypeId']: Number(id) });
        }}
      />
    </Group>
  );
}

const media = ['sms', 'whatsApp', 'email'] as const;

function ReachForm({ leaf, onChange }: FormProps) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="They may be written to by"
        allowDeselect={false}
        data={media.map((medium) => ({ value: medium, label: mediumWords(medium) }))}
        value={String(leaf.medium)}
        onChange={(medium) => onChange({ medium })}
      />
      <Select
        label="With messages of"
        placeholder="any type"
        clearable
        clearButtonProps={{ 'aria-label': 'Any type' }}
        data={types
          .filter(({ medium }) => medium === leaf.medium)
          .map((type) => ({ value: String(type.id), label: typeWords(type) }))}
        value={leaf.messageTypeId === undefined ? null : String(leaf.messageTypeId)}
        onChange={(id) =>
          onChange({ medium: leaf.medium, ...(id === null ? {} : { messageTypeId: Number(id) }) })
        }
      />
    </Group>
  );
}

const placeWords: Readonly<Record<string, { label: string; example: string }>> = {
  country: { label: 'country', example: 'US, FR' },
  region: { label: 'region', example: 'US-CA, CA-QC' },
  timeZone: { label: 'time zone', example: 'Europe/Paris' },
};

function PlaceForm({ leaf, onChange }: FormProps) {
  const by = Object.keys(placeWords).find((name) => name in leaf) ?? 'country';
  const { orPossibly } = leaf;
  const rest = orPossibly === undefined ? {} : { orPossibly };
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="They are by"
        allowDeselect={false}
        data={Object.entries(placeWords).map(([value, { label }]) => ({ value, label }))}
        value={by}
        onChange={(name) => onChange({ ...rest, [name ?? 'country']: [] })}
      />
      <TagsInput
        label="In one of"
        description={`As ${placeWords[by]?.example}; Enter after each`}
        value={numbersOf(leaf[by])}
        onChange={(values) => onChange({ ...rest, [by]: values })}
      />
      <Checkbox
        label="Also who only may be there"
        mb={8}
        checked={orPossibly === true}
        onChange={(event) =>
          onChange({ [by]: leaf[by], ...(event.currentTarget.checked ? { orPossibly: true } : {}) })
        }
      />
    </Group>
  );
}

const whats = [
  { value: 'sent', label: 'were sent' },
  { value: 'delivered', label: 'got' },
  { value: 'read', label: 'read' },
  { value: 'clicked', label: 'tapped a link of' },
  { value: 'opened', label: 'opened' },
  { value: 'failed', label: 'did not get, as it failed,' },
  { value: 'skipped', label: 'were passed over for' },
];

function MessageForm({ leaf, onChange }: FormProps) {
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="They"
        allowDeselect={false}
        data={whats}
        value={String(leaf.what)}
        onChange={(what) => onChange({ ...leaf, what })}
      />
      <Frequency label="A message" times={leaf.times} onChange={(times) => onChange({ ...leaf, times })} />
      <WindowForm
        window={isPart(leaf.during) ? leaf.during : undefined}
        onChange={(during) => {
          const { during: _, zone: __, ...rest } = leaf;
          onChange(during ? { ...rest, during } : rest);
        }}
      />
    </Group>
  );
}

function ShareForm({ leaf, onChange }: FormProps) {
  const percent = (name: 'from' | 'to', label: string) => (
    <NumberInput
      label={label}
      min={0}
      max={100}
      suffix=" %"
      w={110}
      value={Number(leaf[name])}
      onChange={(value) => onChange({ ...leaf, [name]: Number(value) || 0 })}
    />
  );
  return (
    <Group gap="xs" align="flex-end">
      {percent('from', 'By chance, from')}
      {percent('to', 'to below')}
      <TextInput
        label="Drawn as"
        description="Another name draws anew"
        value={String(leaf.salt ?? '')}
        onChange={(event) => onChange({ ...leaf, salt: event.currentTarget.value })}
      />
    </Group>
  );
}
