import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { campaignsQuery } from '../../api/campaigns.ts';
import { projectQuery } from '../../api/project.ts';
import { HelpContactNotice } from '../../shell/help-contact-notice.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { NextSteps } from './next-steps.tsx';
import { RecentCampaigns } from './recent-campaigns.tsx';
import { UnclearReplies } from './unclear-replies.tsx';

const shown = 5;

/** What to do next, what waits for a decision, and how the last campaigns go. */
export function HomePage() {
  const { data: project } = useQuery(projectQuery);
  const campaigns = useQuery(campaignsQuery(1, shown));
  return (
    <Page
      title={project?.brand ?? 'Home'}
      about={project && `Project: ${project.name}`}
      actions={<LinkButton to="/campaigns/new">New campaign</LinkButton>}
    >
      <Stack gap="lg">
        <HelpContactNotice>
          <TextLink to="/settings">Set it in Settings</TextLink>
        </HelpContactNotice>
        <UnclearReplies />
        <NextSteps />
        <SimpleGrid cols={1}>
          <Loaded query={campaigns}>{(data) => <RecentCampaigns campaigns={data.campaigns} />}</Loaded>
        </SimpleGrid>
      </Stack>
    </Page>
  );
}
