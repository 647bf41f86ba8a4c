import { AppShell, Box, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks';
import {
  IconAddressBook,
  IconBuildingBroadcastTower,
  IconFileImport,
  IconFilter,
  IconForms,
  IconHome,
  IconInbox,
  IconListDetails,
  IconLogout,
  IconMessage2,
  IconMessageQuestion,
  IconPackages,
  IconPassword,
  IconRoute,
  IconSend,
  IconSettings,
  IconTicket,
} from '@tabler/icons-react';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { sessionQuery, signOut } from '../api/session.ts';
import { BusyButton } from './busy-button.tsx';
import { ColourSchemeButton } from './colour-scheme-button.tsx';
import { NavigationLink } from './router-link.tsx';
import { useAction } from './use-action.ts';
import { Wordmark } from './wordmark.tsx';

const places = [
  { to: '/', label: 'Home', Icon: IconHome },
  { to: '/inbox', label: 'Inbox', Icon: IconInbox },
  { to: '/campaigns', label: 'Campaigns', Icon: IconSend },
  { to: '/journeys', label: 'Journeys', Icon: IconRoute },
  { to: '/templates', label: 'Templates', Icon: IconMessage2 },
  { to: '/flows', label: 'WhatsApp flows', Icon: IconForms },
  { to: '/surveys', label: 'Surveys', Icon: IconMessageQuestion },
  { to: '/catalogs', label: 'Catalogs', Icon: IconPackages },
  { to: '/coupons', label: 'Coupons', Icon: IconTicket },
  { to: '/codes', label: 'Codes', Icon: IconPassword },
  { to: '/users', label: 'Users', Icon: IconAddressBook },
  { to: '/lists', label: 'Lists', Icon: IconListDetails },
  { to: '/segments', label: 'Segments', Icon: IconFilter },
  { to: '/import', label: 'Import', Icon: IconFileImport },
  { to: '/senders', label: 'Senders', Icon: IconBuildingBroadcastTower },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const;

/** The frame of every page behind the sign-in: navigation, who is signed in, the page. */
export function ConsoleShell() {
  const [opened, { toggle, close }] = useDisclosure();
  // Where the screen is narrow the navigation is a menu that covers the page: what it covers is out of reach.
  const isMenu = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const covers = isMenu && opened;
  const burger = useRef<HTMLButtonElement>(null);
  useHotkeys([
    [
      'Escape',
      () => {
        if (!covers) return;
        close();
        burger.current?.focus();
      },
    ],
  ]);
  return (
    <>
      <a className="skip-link" href="#main" inert={covers}>
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
                ref={burger}
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
        <AppShell.Navbar p="md" aria-label="Main" inert={isMenu && !opened}>
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
        <AppShell.Main id="main" tabIndex={-1} className="ground" inert={covers}>
          <Box className="page-width" mx="auto" pb="xl">
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
  const leave = useAction(signOut, {
    once: true,
    after: () => {
      queries.clear();
      void navigate({ to: '/sign-in' });
    },
  });
  return (
    <Stack gap="xs" pt="md" style={{ borderTop: '1px solid var(--carillon-line)' }}>
      <Box px="xs" miw={0}>
        <Text size="sm" fw={600} dir="auto" className="anywhere">
          {session?.user.name}
        </Text>
        <Text size="xs" c="dimmed" className="anywhere">
          {session?.user.email}
        </Text>
      </Box>
      <Group gap="xs" wrap="nowrap">
        <BusyButton
          variant="default"
          size="sm"
          flex={1}
          leftSection={<IconLogout size={16} aria-hidden />}
          busy={leave.isBusy}
          onClick={() => leave.act()}
        >
          Sign out
        </BusyButton>
        <Box visibleFrom="sm">
          <ColourSchemeButton />
        </Box>
      </Group>
    </Stack>
  );
}
