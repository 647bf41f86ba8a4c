import { Card, SimpleGrid, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { campaignsQuery } from '../../api/campaigns.ts';
import { templatesQuery } from '../../api/templates.ts';
import { peopleQuery } from '../../api/users.ts';
import { LinkButton } from '../../shell/router-link.tsx';

/** The four steps from an empty project to a first campaign; gone once it was launched. */
export function NextSteps() {
  const users = useQuery(peopleQuery({}));
  const templates = useQuery(templatesQuery);
  const campaigns = useQuery(campaignsQuery(1, 5));
  if (!users.data || !templates.data || !campaigns.data) return null;
  const hasPeople = users.data.total > 0;
  const template = templates.data[0];
  const hasLaunched = campaigns.data.campaigns.some((campaign) => campaign.startAt !== undefined);
  if (hasPeople && template && hasLaunched) return null;
  return (
    <Card component="section" aria-labelledby="next">
      <Title order={2} id="next" mb="md">
        Your first campaign in four steps
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        <Step number={1} title="Import people" done={hasPeople}>
          <Text size="sm">A CSV with phone numbers and where their consent came from.</Text>
          <LinkButton to="/import" variant={hasPeople ? 'default' : 'filled'}>
            Import people
          </LinkButton>
        </Step>
        <Step number={2} title="Write a template" done={template !== undefined}>
          <Text size="sm">With their first name and a link, seen on a phone as you type.</Text>
          <LinkButton
            to="/templates/$medium/new"
            params={{ medium: 'sms' }}
            variant={template || !hasPeople ? 'default' : 'filled'}
          >
            Write an SMS
          </LinkButton>
        </Step>
        <Step number={3} title="Test it on a handset" done={false}>
          <Text size="sm">Send a test to a handset of the simulator and answer it from there.</Text>
          {template ? (
            <LinkButton
              to="/templates/$medium/$id"
              params={{ medium: template.medium, id: String(template.templateId) }}
              variant="default"
            >
              Send a test
            </LinkButton>
          ) : (
            <Text size="sm" c="dimmed">
              Needs a template.
            </Text>
          )}
        </Step>
        <Step number={4} title="Launch" done={hasLaunched}>
          <Text size="sm">See whom it will reach and what it costs, then watch the numbers move.</Text>
          <LinkButton to="/campaigns/new" variant={template && hasPeople ? 'filled' : 'default'}>
            Make a campaign
          </LinkButton>
        </Step>
      </SimpleGrid>
    </Card>
  );
}

function Step({
  number,
  title,
  done,
  children,
}: {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 10 }}>
      <ThemeIcon
        radius="xl"
        size={34}
        variant={done ? 'filled' : 'light'}
        color={done ? 'green.8' : 'dusk'}
        autoContrast={false}
        aria-hidden
      >
        {done ? <IconCheck size={20} /> : number}
      </ThemeIcon>
      <Title order={3}>
        {title}
        {done && (
          <Text span c="dimmed" size="sm" fw={400}>
            {' '}
            · done
          </Text>
        )}
      </Title>
      {children}
    </li>
  );
}
