import { AppShell, Box, Burger, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAddressBook,
  IconBuildingBroadcastTower,
  IconFileImport,
  IconHome,
  IconListDetails,
  IconLogout,
  IconMessage2,
  IconSend,
  IconSettings,
} from '@tabler/icons-react';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { sessionQuery, signOut } from '../api/session.ts';
import { ColourSchemeButton } from './colour-scheme-button.tsx';
import { NavigationLink } from './router-link.tsx';
import { Wordmark } from './wordmark.tsx';

const places = [
  { to: '/', label: 'Home', Icon: IconHome },
  { to: '/campaigns', label: 'Campaigns', Icon: IconSend },
  { to: '/templates', label: 'Templates', Icon: IconMessage2 },
  { to: '/users', label: 'Users', Icon: IconAddressBook },
  { to: '/lists', label: 'Lists', Icon: IconListDetails },
  { to: '/import', label: 'Import', Icon: IconFileImport },
  { to: '/senders', label: 'Senders', Icon: IconBuildingBroadcastTower },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const;

/** The frame of every page behind the sign-in: navigation, who is signed in, the page. */
export function ConsoleShell() {
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <AppShell
        header={{ height: { base: 60, sm: 0 } }}
        navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', sm: 'xl' }}
      >
        <AppShell.Header hiddenFrom="sm" px="md">
          <Group h="100%" justify="space-between">
            <Group gap="sm">
              <Burger
                opened={opened}
                onClick={toggle}
                size="sm"
                aria-label={opened ? 'Close navigation' : 'Open navigation'}
                aria-expanded={opened}
              />
              <Wordmark />
            </Group>
            <ColourSchemeButton />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="md" aria-label="Main">
          <Box visibleFrom="sm" px="xs" pb="lg" pt={4}>
            <Wordmark />
          </Box>
          <Stack gap={2} flex={1}>
            {places.map(({ to, label, Icon }) => (
              <NavigationLink
                key={to}
                to={to}
                label={label}
                leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
                activeOptions={{ exact: to === '/' }}
                activeProps={{ active: true, fw: 600 }}
                onClick={close}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            ))}
          </Stack>
          <SignedIn />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className="ground">
          <Box maw={1180} mx="auto" pb="xl">
            <Outlet />
          </Box>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Stack gap="xs" pt="md" style={{ borderTop: '1px solid var(--carillon-line)' }}>
      <Box px="xs" miw={0}>
        <Text size="sm" fw={600} truncate>
          {session?.user.name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {session?.user.email}
        </Text>
      </Box>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="sm"
          flex={1}
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void leave()}
        >
          Sign out
        </Button>
        <Box visibleFrom="sm">
          <ColourSchemeButton />
        </Box>
      </Group>
    </Stack>
  );
}
