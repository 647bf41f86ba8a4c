import { Card, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { type Campaign, unlessTold } from '../../api/campaigns.ts';
import { messageTypesQuery } from '../../api/channels.ts';
import { listsQuery } from '../../api/lists.ts';
import { segmentsQuery } from '../../api/segments.ts';
import { poolsQuery, sendersQuery } from '../../api/senders.ts';
import { templatesQuery } from '../../api/templates.ts';
import { TextLink } from '../../shell/router-link.tsx';
import { byWords } from '../../words/by-words.ts';
import { instant } from '../../words/formats.ts';
import { typeWords } from '../../words/type-words.ts';

/** What a campaign sends, to whom and how. */
export function CampaignSettings({ campaign }: { campaign: Campaign }) {
  const { data: templates } = useQuery(templatesQuery);
  const { data: lists } = useQuery(listsQuery);
  const { data: senders } = useQuery(sendersQuery);
  const { data: pools } = useQuery(poolsQuery);
  const { data: types } = useQuery(messageTypesQuery);
  const template = templates?.find((each) => each.templateId === campaign.templateId);
  const { data: segments } = useQuery(segmentsQuery);
  const named = (listIds: number[], segmentIds: number[]) => (
    <Named
      lists={listIds.map((id) => ({ id, name: lists?.find((list) => list.id === id)?.name }))}
      segments={segmentIds.map((id) => ({ id, name: segments?.find((each) => each.id === id)?.name }))}
    />
  );
  const type = types?.find((each) => each.id === template?.messageTypeId);
  const sender = senders?.find((each) => each.id === campaign.senderId);
  const pool = pools?.find((each) => each.id === campaign.poolId);
  const { spreadHours, quietHours, caps } = { ...unlessTold, ...campaign.options };
  return (
    <Card component="section" aria-labelledby="what">
      <Title order={2} id="what" mb="md">
        What it sends, and how
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} component="dl" m={0}>
        <Entry label="Template">
          {template ? (
            <TextLink
              to="/templates/$medium/$id"
              params={{ medium: template.medium, id: String(template.templateId) }}
            >
              {template.name}
            </TextLink>
          ) : (
            `template ${campaign.templateId}`
          )}
        </Entry>
        {campaign.contentAt !== undefined && (
          <Entry label="Text as of">
            {instant(campaign.contentAt)} ({byWords(campaign.contentBy ?? '')})
          </Entry>
        )}
        {type && <Entry label="Message type">{typeWords(type)}</Entry>}
        {campaign.type === 'Blast' && (
          <Entry label="Goes to">{named(campaign.listIds, campaign.segmentIds)}</Entry>
        )}
        <Entry label="Left out">{named(campaign.suppressionListIds, campaign.suppressionSegmentIds)}</Entry>
        <Entry label="From">
          {sender?.name ?? (pool ? `pool ${pool.name}` : 'the first sender that fits')}
        </Entry>
        <Entry label="Spread">{spreadHours ? `over ${spreadHours} hours` : 'as fast as senders may'}</Entry>
        <Entry label="In quiet hours">
          {quietHours === 'delay' ? 'messages wait' : 'messages are skipped'}
        </Entry>
        <Entry label="At a limit of messages">
          {caps === 'delay' ? 'messages wait' : 'messages are skipped'}
        </Entry>
        <Entry label="Made by">{byWords(campaign.createdByUserId)}</Entry>
      </SimpleGrid>
    </Card>
  );
}

interface NamedThing {
  id: number;
  /** Undefined while it is still to come, and for what is gone. */
  name: string | undefined;
}

/** Lists and segments, each with the way to it. */
function Named({ lists, segments }: { lists: NamedThing[]; segments: NamedThing[] }) {
  const all = [
    ...lists.map((list) => ({ ...list, what: 'list', to: '/lists/$id' as const })),
    ...segments.map((segment) => ({ ...segment, what: 'segment', to: '/segments/$id' as const })),
  ];
  if (all.length === 0) return 'none';
  return all.map(({ id, name, what, to }, place) => (
    <Fragment key={`${what} ${id}`}>
      {place > 0 && ', '}
      {name === undefined ? (
        `${what} ${id}`
      ) : (
        <>
          {what}{' '}
          <TextLink to={to} params={{ id: String(id) }}>
            <bdi>{name}</bdi>
          </TextLink>
        </>
      )}
    </Fragment>
  ));
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed" component="dt">
        {label}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}
