import { Card, Grid, Group, MultiSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { NewCampaign } from '../../api/campaigns.ts';
import { listsQuery } from '../../api/lists.ts';
import { segmentsQuery } from '../../api/segments.ts';
import { type TemplateSummary, templateQuery, templatesQuery } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { NumberField } from '../../shell/number-field.tsx';
import { Problem } from '../../shell/problem.tsx';
import type { Action } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { samplePerson } from '../../words/sample-person.ts';
import { shortOptions } from '../../words/short-options.ts';
import { PreviewPanel } from '../templates/preview-panel.tsx';
import { FromField, placeholderOf, TemplateField, WaitOrSkip } from './sending-fields.tsx';

/** What a campaign sends, to whom and how; `isBlast` when it has lists or segments of its own. */
export function CampaignForm({
  campaign,
  isBlast = true,
  label,
  save,
  onChange,
}: {
  campaign: NewCampaign;
  isBlast?: boolean;
  label: string;
  save: Action<void, unknown>;
  onChange: (part: Partial<NewCampaign>) => void;
}) {
  const { data: templates, error: noTemplates, refetch } = useQuery(templatesQuery);
  const chosen = templates?.find((each) => each.templateId === campaign.templateId);
  const isComplete =
    chosen !== undefined && (!isBlast || campaign.listIds.length + campaign.segmentIds.length > 0);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.act();
          }}
        >
          <Stack gap="lg">
            <Card>
              <Stack>
                <WhatAndWhom {...{ campaign, isBlast, onChange }} />
                <FromField
                  senderId={campaign.senderId}
                  poolId={campaign.poolId}
                  template={chosen}
                  onChange={onChange}
                />
              </Stack>
            </Card>
            <Card>
              <Pace campaign={campaign} onChange={onChange} />
            </Card>
            {save.error && <Problem error={save.error} />}
            {noTemplates && <Problem error={noTemplates} retry={() => void refetch()} />}
            <Group>
              <BusyButton type="submit" size="md" busy={save.isBusy} disabled={!isComplete}>
                {label}
              </BusyButton>
              {!isComplete && (
                <Text c="dimmed">Choose a template{isBlast && ' and a list or segment'} first.</Text>
              )}
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>{chosen && <ChosenPreview template={chosen} />}</Grid.Col>
    </Grid>
  );
}

interface PartProps {
  campaign: NewCampaign;
  onChange: (part: Partial<NewCampaign>) => void;
}

function WhatAndWhom({ campaign, isBlast, onChange }: PartProps & { isBlast: boolean }) {
  const { data: lists } = useQuery(listsQuery);
  const { data: segments } = useQuery(segmentsQuery);
  const known = lists && segments ? [...lists, ...segments] : undefined;
  // A list and a segment may be called alike: what is chosen tells which it is.
  const options = [
    {
      group: 'Lists',
      items: (lists ?? []).map(({ id, name, size }) => ({
        value: `list ${id}`,
        label: `${name} (list${peopleWords(size)})`,
      })),
    },
    {
      group: 'Segments',
      items: (segments ?? []).map(({ id, name, live, size }) => ({
        value: `segment ${id}`,
        label: `${name} (segment${peopleWords(live ? size : undefined)})`,
      })),
    },
  ].filter(({ items }) => items.length > 0);
  return (
    <>
      <TextInput
        label="Name"
        required
        value={campaign.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TemplateField
        templateId={campaign.templateId}
        onChange={(templateId) => onChange({ templateId, senderId: undefined, poolId: undefined })}
      />
      {isBlast && (
        <MultiSelect
          label="Lists and segments"
          description="Who is asked for; each person gets one message"
          placeholder={
            campaign.listIds.length + campaign.segmentIds.length > 0
              ? undefined
              : placeholderOf(known, 'No list or segment yet: an import makes a list', 'Choose one or more')
          }
          required
          searchable
          filter={shortOptions}
          nothingFoundMessage="No list or segment is called so"
          data={options}
          value={chosenOf(campaign.listIds, campaign.segmentIds)}
          onChange={(values) =>
            onChange({ listIds: idsOf('list', values), segmentIds: idsOf('segment', values) })
          }
        />
      )}
      <MultiSelect
        label="Leave out"
        description="People on these lists, or of these segments, get nothing of it"
        searchable
        filter={shortOptions}
        nothingFoundMessage="No list or segment is called so"
        data={options}
        value={chosenOf(campaign.suppressionListIds, campaign.suppressionSegmentIds)}
        onChange={(values) =>
          onChange({
            suppressionListIds: idsOf('list', values),
            suppressionSegmentIds: idsOf('segment', values),
          })
        }
      />
    </>
  );
}

const peopleWords = (size: number | undefined) =>
  size === undefined ? '' : `, ${counted(size, 'person', 'people')}`;

/** Lists and segments as one choice has them. */
const chosenOf = (listIds: readonly number[], segmentIds: readonly number[]) => [
  ...listIds.map((id) => `list ${id}`),
  ...segmentIds.map((id) => `segment ${id}`),
];

const idsOf = (kind: 'list' | 'segment', values: readonly string[]) =>
  values.flatMap((value) => (value.startsWith(`${kind} `) ? [Number(value.slice(kind.length + 1))] : []));

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
        <NumberField
          label="Hours"
          min={0.5}
          max={168}
          step={0.5}
          w={140}
          value={campaign.spreadHours}
          onChange={(spreadHours) => onChange({ spreadHours })}
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

function ChosenPreview({ template }: { template: TemplateSummary }) {
  const { data } = useQuery(templateQuery(template.medium, template.templateId));
  return data ? (
    <PreviewPanel draft={data} fields={[]} sample={samplePerson} onSample={() => undefined} />
  ) : null;
}
