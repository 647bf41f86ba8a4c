import { Anchor, Box, Card, Center, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { sessionQuery, signInStateQuery } from '../../api/session.ts';
import { ColourSchemeButton } from '../../shell/colour-scheme-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { Wordmark } from '../../shell/wordmark.tsx';
import { FirstAccountForm } from './first-account-form.tsx';
import { ResetPasswordForm } from './reset-password-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The door: signing in, or making the first account of a fresh installation. */
export function SignInPage() {
  const state = useQuery(signInStateQuery);
  return (
    <Center mih="100vh" p="md" className="ground" component="main" id="main">
      <Box w="100%" maw={430}>
        <Group justify="space-between" mb="lg">
          <Wordmark />
          <ColourSchemeButton />
        </Group>
        <Card p="xl">
          <Loaded query={state}>{(data) => <Door fresh={data.firstAccountNeeded} />}</Loaded>
        </Card>
      </Box>
    </Center>
  );
}

type Way = 'signIn' | 'first' | 'reset';

function Door({ fresh }: { fresh: boolean }) {
  const [way, setWay] = useState<Way>(fresh ? 'first' : 'signIn');
  const { to } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const enter = async () => {
    await queries.resetQueries({ queryKey: sessionQuery.queryKey });
    // Only a path of this console: what stands in the address may come from anywhere.
    await navigate({ href: to?.startsWith('/') && !to.startsWith('//') ? to : '/' });
  };
  const back = <Switch text="Sign in instead" onClick={() => setWay('signIn')} />;
  if (way === 'first')
    return (
      <Page
        key="first"
        title="Make the first account"
        about="Nobody has an account yet. The API key proves that this installation is yours: the terminal printed it at the first start."
      >
        <FirstAccountForm onDone={enter} />
        {!fresh && back}
      </Page>
    );
  if (way === 'reset')
    return (
      <Page
        key="reset"
        title="Set a new password"
        about="Somebody who can sign in can set one for you in Settings. Or set it here: an API key of the project proves that you may."
      >
        <ResetPasswordForm onDone={enter} />
        {back}
      </Page>
    );
  return (
    <Page key="sign-in" title="Sign in">
      <SignInForm onDone={enter} />
      <Stack gap={4}>
        <Switch text="Forgot your password?" onClick={() => setWay('reset')} />
        <Text size="sm" c="dimmed">
          No account? Somebody who has one can add you in Settings.
        </Text>
        <Switch text="Make a project’s first account" onClick={() => setWay('first')} />
      </Stack>
    </Page>
  );
}

function Switch({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <Anchor component="button" type="button" size="sm" underline="always" ta="left" onClick={onClick}>
      {text}
    </Anchor>
  );
}
