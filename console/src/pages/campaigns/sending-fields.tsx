import { Group, Radio, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DelayOrSkip } from '../../api/campaigns.ts';
import { messageTypesQuery } from '../../api/channels.ts';
import { poolsQuery, sendersQuery } from '../../api/senders.ts';
import { type TemplateSummary, templatesQuery } from '../../api/templates.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { shortOptions } from '../../words/short-options.ts';

/** What a choice says while nothing is chosen: an answer that is still to come is not an empty one. */
export const placeholderOf = (options: readonly unknown[] | undefined, none: string, some: string) =>
  options === undefined ? 'Loading…' : options.length === 0 ? none : some;

/** The template by which is sent. */
export function TemplateField({
  templateId,
  onChange,
}: {
  /** Undefined, or 0, while none is chosen. */
  templateId: number | undefined;
  onChange: (templateId: number) => void;
}) {
  const { data: templates } = useQuery(templatesQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const channelOf = (template: TemplateSummary) =>
    types.find((type) => type.id === template.messageTypeId)?.channelName ?? mediumWords(template.medium);
  return (
    <Select
      label="Template"
      required
      searchable
      filter={shortOptions}
      nothingFoundMessage="No template is called so"
      allowDeselect={false}
      data={(templates ?? []).map((template) => ({
        value: String(template.templateId),
        label: `${template.name} (${channelOf(template)})`,
      }))}
      placeholder={placeholderOf(templates, 'No template yet: write one first', 'Choose one')}
      value={templateId ? String(templateId) : null}
      onChange={(value) => onChange(Number(value ?? 0))}
    />
  );
}

/** From whom: a sender or a pool that fits the template, or the first sender that does. */
export function FromField({
  senderId,
  poolId,
  template,
  onChange,
}: {
  senderId: number | undefined;
  poolId: number | undefined;
  template: TemplateSummary | undefined;
  onChange: (from: { senderId: number | undefined; poolId: number | undefined }) => void;
}) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const { data: pools = [] } = useQuery(poolsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const purpose = types.find((type) => type.id === template?.messageTypeId)?.purpose;
  const fits = (each: { medium: string; purpose: string }) =>
    each.medium === template?.medium && each.purpose === purpose;
  const data = [
    {
      group: 'Senders',
      items: senders
        .filter(fits)
        .map(({ id, name, address }) => ({ value: `sender ${id}`, label: `${name} (${address})` })),
    },
    {
      group: 'Pools',
      items: pools.filter(fits).map(({ id, name }) => ({ value: `pool ${id}`, label: name })),
    },
  ].filter(({ items }) => items.length > 0);
  const value = senderId ? `sender ${senderId}` : poolId ? `pool ${poolId}` : null;
  return (
    <Select
      label="From"
      description="A sender, or a pool in which each person keeps to the sender they know"
      placeholder="The first sender that fits"
      clearable
      clearButtonProps={{ 'aria-label': 'The first sender that fits' }}
      disabled={!template}
      data={data}
      value={value}
      onChange={(chosen) => {
        const [kind, id] = chosen?.split(' ') ?? [];
        onChange({
          senderId: kind === 'sender' ? Number(id) : undefined,
          poolId: kind === 'pool' ? Number(id) : undefined,
        });
      }}
    />
  );
}

/** What becomes of a message that something stands against: it waits, or is skipped. */
export function WaitOrSkip({
  label,
  wait,
  value,
  onChange,
}: {
  label: string;
  wait: string;
  value: DelayOrSkip;
  onChange: (value: DelayOrSkip) => void;
}) {
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(chosen) => onChange(chosen === 'skip' ? 'skip' : 'delay')}
    >
      <Group mt="xs">
        <Radio value="delay" label={wait} />
        <Radio value="skip" label="Skip them" />
      </Group>
    </Radio.Group>
  );
}
