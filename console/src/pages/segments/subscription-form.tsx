import { MultiSelect, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { channelsQuery, messageTypesQuery } from '../../api/channels.ts';
import { consentMethods } from '../../words/consent-words.ts';
import { typeWords } from '../../words/type-words.ts';
import type { FormProps } from './condition-form.tsx';
import { isPart, type Leaf, saysOnly, without } from './definition.ts';
import { NarrowMenu } from './narrowed.tsx';
import { isShownWindow, WindowForm, withWindow } from './window-form.tsx';

const statuses = [
  { value: 'subscribed', label: 'subscribed' },
  { value: 'pending', label: 'yet to confirm' },
  { value: 'unsubscribed', label: 'unsubscribed' },
  { value: 'none', label: 'neither: nothing was ever said' },
];

/** What else may be said of it, unless nothing was ever said. */
const narrowings = [
  { name: 'during', label: 'Since when' },
  { name: 'methods', label: 'By which means' },
  { name: 'paused', label: 'Whether an unclear reply waits' },
] as const;

/** What each begins with. */
const begun: Readonly<Record<string, unknown>> = {
  during: { last: { days: 30 } },
  methods: [],
  paused: true,
};

/** Where somebody stands with a channel or a message type. */
export function SubscriptionForm({ leaf, onChange }: FormProps) {
  const { channelId, messageTypeId, status } = leaf;
  return (
    <Stack gap="xs">
      <div className="condition-line">
        <Select
          label="They are"
          allowDeselect={false}
          data={statuses}
          value={String(status)}
          onChange={(next) =>
            onChange(
              next === 'none'
                ? {
                    status: next,
                    ...(channelId === undefined ? {} : { channelId }),
                    ...(messageTypeId === undefined ? {} : { messageTypeId }),
                  }
                : { ...leaf, status: next },
            )
          }
        />
        <With leaf={leaf} onChange={onChange} />
        {isPart(leaf.during) && (
          <WindowForm
            label="Since a time"
            window={leaf.during}
            zone={leaf.zone}
            onChange={(next) => onChange(withWindow(leaf, next))}
          />
        )}
        {Array.isArray(leaf.methods) && (
          <MultiSelect
            label="It came to be so"
            placeholder={leaf.methods.length > 0 ? undefined : 'Choose'}
            data={[...consentMethods, ...unknownMethods(leaf.methods)]}
            value={leaf.methods.map(String)}
            onChange={(methods) =>
              onChange(methods.length === 0 ? without(leaf, 'methods') : { ...leaf, methods })
            }
          />
        )}
        {leaf.paused !== undefined && (
          <Select
            label="An unclear reply"
            clearable
            clearButtonProps={{ 'aria-label': 'Say nothing of unclear replies' }}
            data={[
              { value: 'true', label: 'waits for a decision' },
              { value: 'false', label: 'does not wait' },
            ]}
            value={String(leaf.paused)}
            onChange={(value) =>
              onChange(value === null ? without(leaf, 'paused') : { ...leaf, paused: value === 'true' })
            }
          />
        )}
      </div>
      {status !== 'none' && (
        <NarrowMenu
          label="Say more …"
          choices={narrowings.filter(({ name }) => leaf[name] === undefined)}
          onChoose={(name) => onChange({ ...leaf, [name]: begun[name] })}
        />
      )}
    </Stack>
  );
}

/** Means that a definition names and the console does not. */
const unknownMethods = (methods: readonly unknown[]) =>
  methods
    .map(String)
    .filter((method) => !consentMethods.some(({ value }) => value === method))
    .map((method) => ({ value: method, label: method }));

function With({ leaf, onChange }: Pick<FormProps, 'leaf' | 'onChange'>) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const { channelId, messageTypeId, ...rest } = leaf;
  const value =
    channelId !== undefined
      ? `channel ${channelId}`
      : messageTypeId !== undefined
        ? `type ${messageTypeId}`
        : null;
  return (
    <Select
      label="With"
      placeholder="Choose"
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
        onChange({ ...rest, [of === 'channel' ? 'channelId' : 'messageTypeId']: Number(id) });
      }}
    />
  );
}

/** Whether the form can show it whole. */
export const isShownSubscription = (leaf: Leaf): boolean =>
  saysOnly(leaf, ['channelId', 'messageTypeId', 'status', 'zone', ...narrowings.map(({ name }) => name)]) &&
  isShownWindow(leaf.during);
