import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { projectQuery } from '../../api/project.ts';
import { HelpContactNotice } from '../../shell/help-contact-notice.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { AccountsCard } from './accounts-card.tsx';
import { CapsCard } from './caps-card.tsx';
import { FeedsCard } from './feeds-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { ProjectCard } from './project-card.tsx';
import { WebhooksCard } from './webhooks-card.tsx';

/** The project, its limits, its keys, its webhooks and data feeds, and who may sign in. */
export function SettingsPage() {
  const project = useQuery(projectQuery);
  return (
    <Page title="Settings">
      <Stack gap="lg" maw={820}>
        <Loaded query={project}>
          {(data) => (
            <>
              <HelpContactNotice />
              <ProjectCard project={data} />
              <CapsCard caps={data.frequencyCaps} />
            </>
          )}
        </Loaded>
        <KeysCard />
        <WebhooksCard />
        <FeedsCard />
        <AccountsCard />
        <PasswordCard />
      </Stack>
    </Page>
  );
}
