import { Alert, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { checkCode, sendCode, type VerificationProfile } from '../../api/verifications.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';

/** Sends a code to one's own phone and checks it, as a server would. */
export function TryCodeCard({ profile }: { profile: VerificationProfile }) {
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sentUntil, setSentUntil] = useState<string | null>(null);
  const [status, setStatus] = useState<'verified' | 'rejected' | null>(null);
  const refresh = [['codes', profile.id]];
  const send = useAction(() => sendCode(profile.id, phone), {
    ...{ inPlace: true, refresh, done: 'The code is on its way' },
    after: ({ expiresAt }) => {
      setSentUntil(expiresAt);
      setStatus(null);
      setCode('');
    },
  });
  const check = useAction(() => checkCode(profile.id, phone, code), {
    ...{ inPlace: true, refresh },
    after: (answer) => setStatus(answer.status),
  });
  return (
    <Card component="section" aria-labelledby="try">
      <Stack>
        <Title order={2} id="try">
          Try it
        </Title>
        <ActionForm action={send} submit="Send a code" isMinor gap="sm">
          <TextInput
            label="Phone number"
            description="Of a phone at hand; it counts towards the limits"
            type="tel"
            autoComplete="tel"
            required
            value={phone}
            onChange={(event) => {
              setPhone(event.currentTarget.value);
              setSentUntil(null);
            }}
          />
        </ActionForm>
        {sentUntil !== null && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              check.act();
            }}
          >
            <Stack gap="sm">
              <TextInput
                label="The code that came"
                description={`It lives until ${instant(sentUntil)}`}
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              {check.error && <Problem error={check.error} />}
              <Group justify="flex-end">
                <BusyButton type="submit" busy={check.isBusy}>
                  Check
                </BusyButton>
              </Group>
            </Stack>
          </form>
        )}
        <div role="status">
          {status === 'verified' && (
            <Alert color="green" title="Verified">
              <Text size="sm">The number is proven. The code is used up.</Text>
            </Alert>
          )}
          {status === 'rejected' && (
            <Alert color="red" title="Rejected">
              <Text size="sm">It is not the code that was sent last, or is worth nothing any more.</Text>
            </Alert>
          )}
        </div>
      </Stack>
    </Card>
  );
}
