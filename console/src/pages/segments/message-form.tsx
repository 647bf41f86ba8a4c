import { MultiSelect, Select, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { campaignNamesQuery } from '../../api/campaigns.ts';
import { channelsQuery, messageTypesQuery } from '../../api/channels.ts';
import { templatesQuery } from '../../api/templates.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { shortOptions } from '../../words/short-options.ts';
import { skipReasons } from '../../words/skip-reasons.ts';
import { typeWords } from '../../words/type-words.ts';
import type { FormProps } from './condition-form.tsx';
import { isPart, type Leaf, saysOnly, without } from './definition.ts';
import { Frequency, isShownFrequency } from './frequency.tsx';
import { NarrowMenu } from './narrowed.tsx';
import { isShownWindow, WindowForm, withWindow } from './window-form.tsx';

const whats = [
  { value: 'sent', label: 'were sent' },
  { value: 'delivered', label: 'got' },
  { value: 'read', label: 'read' },
  { value: 'clicked', label: 'tapped a link of' },
  { value: 'replied', label: 'replied to' },
  { value: 'opened', label: 'opened' },
  { value: 'failed', label: 'did not get, as it failed,' },
  { value: 'skipped', label: 'were passed over for' },
];

/** By what the messages may be told apart, by their name in the leaf. */
const narrowings = [
  { name: 'campaignIds', label: 'Of a campaign' },
  { name: 'templateIds', label: 'Of a template' },
  { name: 'channelIds', label: 'Of a channel' },
  { name: 'messageTypeIds', label: 'Of a message type' },
  { name: 'reasons', label: 'For a reason' },
] as const;

const hasReasons = (what: unknown) => what === 'failed' || what === 'skipped';

/** What became of messages to somebody, and what they did with them. */
export function MessageForm({ leaf, onChange }: FormProps) {
  return (
    <Stack gap="xs">
      <div className="condition-line">
        <Select
          label="They"
          allowDeselect={false}
          data={whats}
          value={String(leaf.what)}
          onChange={(what) => {
            // Reasons of one fate are none of another.
            const { reasons: _, ...rest } = leaf;
            onChange({ ...rest, what });
          }}
        />
        <Frequency label="A message" times={leaf.times} onChange={(times) => onChange({ ...leaf, times })} />
        <WindowForm
          window={isPart(leaf.during) ? leaf.during : undefined}
          zone={leaf.zone}
          onChange={(next) => onChange(withWindow(leaf, next))}
        />
        {narrowings.map(
          ({ name }) =>
            Array.isArray(leaf[name]) && (
              <Narrowing
                key={name}
                name={name}
                leaf={leaf}
                onChange={(values) =>
                  onChange(values.length === 0 ? without(leaf, name) : { ...leaf, [name]: values })
                }
              />
            ),
        )}
      </div>
      <NarrowMenu
        label="Only messages …"
        choices={narrowings.filter(
          ({ name }) => leaf[name] === undefined && (name !== 'reasons' || hasReasons(leaf.what)),
        )}
        onChoose={(name) => onChange({ ...leaf, [name]: [] })}
      />
    </Stack>
  );
}

type NarrowingProps = { leaf: Leaf; onChange: (values: (number | string)[]) => void };

const textsOf = (values: unknown) => (Array.isArray(values) ? values.map(String) : []);

function Narrowing({
  name,
  ...props
}: NarrowingProps & { name: (typeof narrowings)[number]['name'] }): ReactNode {
  if (name === 'campaignIds') return <Campaigns {...props} />;
  if (name === 'templateIds') return <Templates {...props} />;
  if (name === 'channelIds') return <Channels {...props} />;
  if (name === 'messageTypeIds') return <Types {...props} />;
  return <Reasons {...props} />;
}

/** Chooses some of what has ids. */
function Ids({
  label,
  none,
  of,
  ids,
  onChange,
}: {
  label: string;
  none: string;
  /** Undefined while it is still to come. */
  of: { id: number; label: string }[] | undefined;
  ids: unknown;
  onChange: (ids: number[]) => void;
}) {
  const chosen = textsOf(ids);
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length > 0 ? undefined : of?.length === 0 ? none : 'Choose'}
      searchable
      filter={shortOptions}
      nothingFoundMessage="None is called so"
      data={(of ?? []).map((each) => ({ value: String(each.id), label: each.label }))}
      value={chosen}
      onChange={(next) => onChange(next.map(Number))}
    />
  );
}

function Campaigns({ leaf, onChange }: NarrowingProps) {
  const { data } = useQuery(campaignNamesQuery);
  return (
    <Ids
      label="Of one of the campaigns"
      none="No campaign yet"
      of={data?.map(({ id, name }) => ({ id, label: `${name} (${id})` }))}
      ids={leaf.campaignIds}
      onChange={onChange}
    />
  );
}

function Templates({ leaf, onChange }: NarrowingProps) {
  const { data } = useQuery(templatesQuery);
  return (
    <Ids
      label="Of one of the templates"
      none="No template yet"
      of={data?.map(({ templateId, name, medium }) => ({
        id: templateId,
        label: `${name} (${mediumWords(medium)})`,
      }))}
      ids={leaf.templateIds}
      onChange={onChange}
    />
  );
}

function Channels({ leaf, onChange }: NarrowingProps) {
  const { data } = useQuery(channelsQuery);
  return (
    <Ids
      label="Of one of the channels"
      none="No channel yet"
      of={data?.map(({ id, name }) => ({ id, label: name }))}
      ids={leaf.channelIds}
      onChange={onChange}
    />
  );
}

function Types({ leaf, onChange }: NarrowingProps) {
  const { data } = useQuery(messageTypesQuery);
  return (
    <Ids
      label="Of one of the message types"
      none="No message type yet"
      of={data?.map((type) => ({ id: type.id, label: typeWords(type) }))}
      ids={leaf.messageTypeIds}
      onChange={onChange}
    />
  );
}

function Reasons({ leaf, onChange }: NarrowingProps) {
  return leaf.what === 'skipped' ? (
    <MultiSelect
      label="For one of the reasons"
      searchable
      data={skipReasons}
      value={textsOf(leaf.reasons)}
      onChange={onChange}
    />
  ) : (
    <TagsInput
      label="With one of the carrier’s codes"
      description="As 30003; Enter after each"
      value={textsOf(leaf.reasons)}
      onChange={onChange}
    />
  );
}

/** Whether the form can show it whole. */
export const isShownMessage = (leaf: Leaf): boolean =>
  saysOnly(leaf, ['what', 'during', 'zone', 'times', ...narrowings.map(({ name }) => name)]) &&
  isShownFrequency(leaf.times) &&
  isShownWindow(leaf.during);
