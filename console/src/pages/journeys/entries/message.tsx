import { MultiSelect, Select, TextInput } from '@mantine/core';
import { IconMessageCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { campaignNamesQuery } from '../../../api/campaigns.ts';
import { channelsQuery } from '../../../api/channels.ts';
import { templatesQuery } from '../../../api/templates.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { skipReasons } from '../../../words/skip-reasons.ts';
import { withField } from '../fields/set-field.ts';
import { WordsField } from '../fields/words-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** Something becomes of a message. */
export const messageEntry: EntryLook = {
  ...{ name: 'message', label: 'Something becomes of a message they got', Icon: IconMessageCheck },
  begin: { what: 'clicked' },
  writes: ['what', 'campaignIds', 'templateIds', 'channelIds', 'medium', 'reasons', 'url'],
  Form: MessageForm,
};

const fates = [
  { value: 'sent', label: 'it is sent' },
  { value: 'delivered', label: 'it is delivered' },
  { value: 'read', label: 'it is read' },
  { value: 'clicked', label: 'they tap a link of it' },
  { value: 'replied', label: 'they answer it' },
  { value: 'unsubscribed', label: 'they opt out by it' },
  { value: 'failed', label: 'it is not delivered' },
  { value: 'skipped', label: 'it is skipped' },
];

function MessageForm({ of, onChange }: EntryFormProps) {
  const { data: campaigns } = useQuery(campaignNamesQuery);
  const { data: templates } = useQuery(templatesQuery);
  const { data: channels } = useQuery(channelsQuery);
  const several = [
    { name: 'campaignIds', label: 'Of these campaigns', choices: campaigns },
    {
      name: 'templateIds',
      label: 'By these templates',
      choices: templates?.map(({ templateId, name }) => ({ id: templateId, name })),
    },
    { name: 'channelIds', label: 'By these channels', choices: channels },
  ];
  return (
    <>
      <Select
        label="When"
        allowDeselect={false}
        data={fates}
        value={String(of.what ?? 'clicked')}
        onChange={(what) =>
          what && onChange(withField(withField({ ...of, what }, 'reasons', undefined), 'url', undefined))
        }
      />
      {of.what === 'clicked' && (
        <TextInput
          label="With this in the link’s address"
          description="Any link where nothing is written"
          maxLength={2_000}
          value={String(of.url ?? '')}
          onChange={(event) => onChange(withField(of, 'url', event.currentTarget.value || undefined), 'url')}
        />
      )}
      {of.what === 'skipped' && (
        <MultiSelect
          label="For these reasons"
          description="Any reason where none is chosen"
          searchable
          filter={shortOptions}
          data={skipReasons}
          value={Array.isArray(of.reasons) ? of.reasons.map(String) : []}
          onChange={(reasons) =>
            onChange(withField(of, 'reasons', reasons.length === 0 ? undefined : reasons))
          }
        />
      )}
      {of.what === 'failed' && (
        <WordsField
          label="With these codes of the carrier"
          description="Any code where none is written"
          words={of.reasons}
          max={100}
          onChange={(reasons) => onChange(withField(of, 'reasons', reasons))}
        />
      )}
      {several.map(({ name, label, choices }) => (
        <MultiSelect
          key={name}
          label={label}
          description="Any where none is chosen"
          searchable
          filter={shortOptions}
          data={(choices ?? []).map((each) => ({ value: String(each.id), label: each.name }))}
          value={Array.isArray(of[name]) ? of[name].map(String) : []}
          onChange={(ids) => onChange(withField(of, name, ids.length === 0 ? undefined : ids.map(Number)))}
        />
      ))}
      <MediumField medium={of.medium} onChange={(medium) => onChange(withField(of, 'medium', medium))} />
    </>
  );
}

/** By which medium; any where none is chosen. */
export function MediumField({
  medium,
  onChange,
}: {
  medium: unknown;
  onChange: (medium: string | undefined) => void;
}) {
  return (
    <Select
      label="By"
      clearable
      clearButtonProps={{ 'aria-label': 'By any' }}
      placeholder="any"
      data={[
        { value: 'sms', label: 'SMS' },
        { value: 'whatsApp', label: 'WhatsApp' },
        { value: 'email', label: 'Email' },
      ]}
      value={typeof medium === 'string' ? medium : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
