import {
  Card,
  Grid,
  Group,
  MultiSelect,
  NumberInput,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { createCampaign, type DelayOrSkip, type NewCampaign } from '../../api/campaigns.ts';
import { messageTypesQuery } from '../../api/channels.ts';
import { listsQuery } from '../../api/lists.ts';
import { poolsQuery, sendersQuery } from '../../api/senders.ts';
import { type TemplateSummary, templateQuery, templatesQuery } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { randomKey } from '../../words/random-key.ts';
import { samplePerson } from '../../words/sample-person.ts';
import { PreviewPanel } from '../templates/preview-panel.tsx';

/** Makes a blast; the forecast and the launch come on its own page. */
export function NewCampaignPage() {
  const { template } = useSearch({ from: '/shell/campaigns/new' });
  const [campaign, setCampaign] = useState<NewCampaign>({
    name: '',
    templateId: template ?? 0,
    listIds: [],
    suppressionListIds: [],
    quietHours: 'delay',
    caps: 'delay',
  });
  const navigate = useNavigate();
  // One key as long as nothing is changed: a call that is repeated finds the campaign it made.
  const [key, setKey] = useState(randomKey);
  const create = useAction(() => createCampaign(campaign, key), {
    ...{ once: true, inPlace: true },
    refresh: [['campaigns']],
    after: (id) => void navigate({ to: '/campaigns/$id', params: { id: String(id) } }),
  });
  const { data: templates, error: noTemplates, refetch } = useQuery(templatesQuery);
  const chosen = templates?.find((each) => each.templateId === campaign.templateId);
  const change = (part: Partial<NewCampaign>) => {
    setCampaign((before) => ({ ...before, ...part }));
    setKey(randomKey());
  };
  return (
    <Page
      title="New campaign"
      about="Choose what goes to whom. Nothing is sent yet: on the next page you see whom it will reach and what it will cost."
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              create.act();
            }}
          >
            <Stack gap="lg">
              <Card>
                <Stack>
                  <WhatAndWhom campaign={campaign} templates={templates} onChange={change} />
                  <From campaign={campaign} template={chosen} onChange={change} />
                </Stack>
              </Card>
              <Card>
                <Pace campaign={campaign} onChange={change} />
              </Card>
              {create.error && <Problem error={create.error} />}
              {noTemplates && <Problem error={noTemplates} retry={() => void refetch()} />}
              <Group>
                <BusyButton
                  type="submit"
                  size="md"
                  busy={create.isBusy}
                  disabled={!chosen || campaign.listIds.length === 0}
                >
                  Make campaign
                </BusyButton>
                {(!chosen || campaign.listIds.length === 0) && (
                  <Text c="dimmed">Choose a template and a list first.</Text>
                )}
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>{chosen && <ChosenPreview template={chosen} />}</Grid.Col>
      </Grid>
    </Page>
  );
}

interface PartProps {
  campaign: NewCampaign;
  onChange: (part: Partial<NewCampaign>) => void;
}

function WhatAndWhom({
  campaign,
  templates,
  onChange,
}: PartProps & { templates: TemplateSummary[] | undefined }) {
  const { data: lists } = useQuery(listsQuery);
  const options = (lists ?? []).map((list) => ({ value: String(list.id), label: list.name }));
  return (
    <>
      <TextInput
        label="Name"
        required
        value={campaign.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Template"
        required
        searchable
        allowDeselect={false}
        data={(templates ?? []).map((template) => ({
          value: String(template.templateId),
          label: `${template.name} (${mediumWords(template.medium)})`,
        }))}
        placeholder={placeholderOf(templates, 'No template yet: write one first', 'Choose one')}
        value={campaign.templateId ? String(campaign.templateId) : null}
        onChange={(value) =>
          onChange({ templateId: Number(value ?? 0), senderId: undefined, poolId: undefined })
        }
      />
      <MultiSelect
        label="Lists"
        description="Who is asked for; each person gets one message"
        placeholder={
          campaign.listIds.length > 0
            ? undefined
            : placeholderOf(lists, 'No list yet: an import makes one', 'Choose one or more')
        }
        required
        searchable
        data={options}
        value={campaign.listIds.map(String)}
        onChange={(values) => onChange({ listIds: values.map(Number) })}
      />
      <MultiSelect
        label="Leave out"
        description="People on these lists get nothing of it"
        searchable
        data={options}
        value={campaign.suppressionListIds.map(String)}
        onChange={(values) => onChange({ suppressionListIds: values.map(Number) })}
      />
    </>
  );
}

/** What a choice says while nothing is chosen: an answer that is still to come is not an empty one. */
const placeholderOf = (options: readonly unknown[] | undefined, none: string, some: string) =>
  options === undefined ? 'Loading…' : options.length === 0 ? none : some;

function From({ campaign, template, onChange }: PartProps & { template: TemplateSummary | undefined }) {
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
  const value = campaign.senderId
    ? `sender ${campaign.senderId}`
    : campaign.poolId
      ? `pool ${campaign.poolId}`
      : null;
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

function Pace({ campaign, onChange }: PartProps) {
  return (
    <Stack>
      <Switch
        label="Spread it over some hours"
        description="So that answers and clicks do not all come at once"
        checked={campaign.spreadHours !== undefined}
        onChange={(event) => onChange({ spreadHours: event.currentTarget.checked ? 4 : undefined })}
      />
      {campaign.spreadHours !== undefined && (
        <NumberInput
          label="Hours"
          min={0.5}
          max={168}
          step={0.5}
          w={140}
          value={campaign.spreadHours}
          onChange={(value) => onChange({ spreadHours: Number(value) || 0.5 })}
        />
      )}
      <WaitOrSkip
        label="When the law’s quiet hours stand against it"
        wait="Wait until the hours allow it"
        value={campaign.quietHours}
        onChange={(quietHours) => onChange({ quietHours })}
      />
      <WaitOrSkip
        label="When somebody had as many messages as the law or you allow"
        wait="Wait until they may get one again"
        value={campaign.caps}
        onChange={(caps) => onChange({ caps })}
      />
    </Stack>
  );
}

function WaitOrSkip({
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

function ChosenPreview({ template }: { template: TemplateSummary }) {
  const { data } = useQuery(templateQuery(template.medium, template.templateId));
  return data ? (
    <PreviewPanel content={data.content} fields={[]} sample={samplePerson} onSample={() => undefined} />
  ) : null;
}
