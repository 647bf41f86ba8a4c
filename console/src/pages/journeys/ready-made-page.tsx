import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readyMadeQuery } from '../../api/journeys.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';

/** Journeys for what most people need, each a few questions away. */
export function ReadyMadePage() {
  const readyMade = useQuery(readyMadeQuery);
  return (
    <Page
      title="Ready-made journeys"
      about="Answer a few questions, and you have a draft with its messages. It is yours from then on: nobody enters before you publish it."
    >
      <Loaded query={readyMade}>
        {(all) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {all.map(({ id, name, summary }) => (
              <Card key={id} withBorder padding="md" pos="relative">
                <Stack gap={6}>
                  <Title order={2} size="h4">
                    <TextLink to="/journeys/ready-made/$recipe" params={{ recipe: id }} className="stretched">
                      {name}
                    </TextLink>
                  </Title>
                  <Text size="sm" c="dimmed">
                    {summary}
                  </Text>
                </Stack>
              </Card>
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}
