import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { listsQuery } from '../../api/lists.ts';
import { type KnownNames, segmentsQuery } from '../../api/segments.ts';
import { NumberField } from '../../shell/number-field.tsx';
import { counted } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { shortOptions } from '../../words/short-options.ts';
import { typeWords } from '../../words/type-words.ts';
import type { KnownField } from './comparison-form.tsx';
import { ComparisonLine, isShownComparison } from './conditions-form.tsx';
import { isPart, type Leaf, saysOnly } from './definition.ts';
import { HistoryForm, isShownHistory } from './history-form.tsx';
import { isShownJourney, JourneyForm } from './journey-form.tsx';
import { JsonForm } from './json-form.tsx';
import { isShownMessage, MessageForm } from './message-form.tsx';
import { isShownPlace, PlaceForm } from './place-form.tsx';
import { isShownSubscription, SubscriptionForm } from './subscription-form.tsx';
import { isShownWindow, WindowForm, withWindow } from './window-form.tsx';

/** What the form of a kind is given. */
export interface FormProps {
  leaf: Leaf;
  names: KnownNames;
  /** The segment whose definition it is, which cannot name itself; null for a new one. */
  self: number | null;
  onChange: (leaf: Leaf) => void;
}

/** A condition as a line that is read and written; as JSON where it says more than its form shows. */
export function ConditionForm({
  kind,
  unread,
  onUnread,
  ...props
}: FormProps & {
  kind: string;
  /** What is written of it as JSON that is none yet. */
  unread: string | null;
  onUnread: (text: string) => void;
}) {
  // What was begun as JSON stays so while one writes.
  const [isJson] = useState(unread !== null || !isShown(kind, props.leaf));
  const Form = forms[kind];
  if (isJson || !Form || !isShown(kind, props.leaf))
    return <JsonForm leaf={props.leaf} unread={unread} onChange={props.onChange} onUnread={onUnread} />;
  return <Form {...props} />;
}

const forms: Readonly<Record<string, (props: FormProps) => ReactNode>> = {
  field: FieldForm,
  event: (props) => <HistoryForm kind="event" {...props} />,
  purchase: (props) => <HistoryForm kind="purchase" {...props} />,
  list: ListForm,
  segment: OtherSegmentForm,
  subscription: SubscriptionForm,
  reach: ReachForm,
  place: PlaceForm,
  message: MessageForm,
  inJourney: (props) => <JourneyForm label="They are inside" {...props} />,
  enteredJourney: (props) => <JourneyForm label="They entered" {...props} />,
  leftJourney: (props) => <JourneyForm label="They left" {...props} />,
  share: ShareForm,
};

const shownIf: Readonly<Record<string, (leaf: Leaf) => boolean>> = {
  field: isShownComparison,
  event: isShownHistory,
  purchase: isShownHistory,
  list: (leaf) => saysOnly(leaf, ['ids', 'during', 'zone']) && isShownWindow(leaf.during),
  subscription: isShownSubscription,
  place: isShownPlace,
  message: isShownMessage,
  ...{ inJourney: isShownJourney, enteredJourney: isShownJourney, leftJourney: isShownJourney },
};

/** Whether its form can show all that a condition says. */
const isShown = (kind: string, leaf: Leaf): boolean => shownIf[kind]?.(leaf) ?? kind in forms;

function FieldForm({ leaf, names, onChange }: FormProps) {
  return <ComparisonLine label="Their" comparison={leaf} fields={profileFields(names)} onChange={onChange} />;
}

const ownFields: readonly KnownField[] = [
  ...['email', 'userId', 'phoneNumber', 'whatsAppUserId'].map((name) => ({ name, type: 'string' })),
  ...['signupDate', 'profileUpdatedAt'].map((name) => ({ name, type: 'date' })),
];

/** Fields of profiles, with those that everybody may have. */
const profileFields = ({ fields }: KnownNames): readonly KnownField[] => [
  ...fields,
  ...ownFields.filter(({ name }) => !fields.some((each) => each.name === name)),
];

function ListForm({ leaf, onChange }: FormProps) {
  const { data: lists } = useQuery(listsQuery);
  const ids = Array.isArray(leaf.ids) ? leaf.ids.map(String) : [];
  return (
    <div className="condition-line">
      <MultiSelect
        label="They are on one of the lists"
        placeholder={
          ids.length > 0 ? undefined : lists?.length === 0 ? 'No list yet: an import makes one' : 'Choose'
        }
        searchable
        filter={shortOptions}
        nothingFoundMessage="No list is called so"
        data={(lists ?? []).map(({ id, name, size }) => ({
          value: String(id),
          label: size === undefined ? name : `${name} (${counted(size, 'person', 'people')})`,
        }))}
        value={ids}
        onChange={(next) => onChange({ ...leaf, ids: next.map(Number) })}
      />
      <WindowForm
        label="They came onto it"
        window={isPart(leaf.during) ? leaf.during : undefined}
        zone={leaf.zone}
        onChange={(next) => onChange(withWindow(leaf, next))}
      />
    </div>
  );
}

function OtherSegmentForm({ leaf, self, onChange }: FormProps) {
  const { data: segments } = useQuery(segmentsQuery);
  const others = (segments ?? []).filter(({ id }) => id !== self);
  return (
    <div className="condition-line">
      <Select
        label="They are of the segment"
        placeholder={segments && others.length === 0 ? 'There is no other yet' : 'Choose'}
        searchable
        filter={shortOptions}
        nothingFoundMessage="No segment is called so"
        allowDeselect={false}
        data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={leaf.id === undefined ? null : String(leaf.id)}
        onChange={(id) => onChange({ id: Number(id) })}
      />
    </div>
  );
}

const media = ['sms', 'whatsApp', 'email'] as const;

function ReachForm({ leaf, onChange }: FormProps) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  return (
    <div className="condition-line">
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
    </div>
  );
}

function ShareForm({ leaf, onChange }: FormProps) {
  const percent = (name: 'from' | 'to', label: string) => (
    <NumberField
      label={label}
      className="short-field"
      min={0}
      max={100}
      decimalScale={2}
      suffix=" %"
      value={Number(leaf[name])}
      onChange={(value) => onChange({ ...leaf, [name]: value })}
    />
  );
  return (
    <div className="condition-line">
      {percent('from', 'By chance, from')}
      {percent('to', 'to below')}
      <TextInput
        label="Name of the draw"
        description="The same name draws the same people, another one anew"
        maxLength={100}
        value={String(leaf.salt ?? '')}
        onChange={(event) => onChange({ ...leaf, salt: event.currentTarget.value })}
      />
    </div>
  );
}
