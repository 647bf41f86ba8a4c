import {
  Badge,
  Card,
  Code,
  Grid,
  Group,
  PasswordInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Flow, flowKeyQuery, planFlow, registerFlowKey } from '../../api/flows.ts';
import { sendersQuery } from '../../api/senders.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { useAction } from '../../shell/use-action.ts';
import { objectAt, objectsAt, textAt } from './flow-screens.ts';

/** What a flow is answered while it is filled in, and the key by which phones encrypt what they ask. */
export function ExchangePanel({ flow }: { flow: Flow }) {
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Plan flow={flow} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <KeyCard flow={flow} />
      </Grid.Col>
    </Grid>
  );
}

function Plan({ flow }: { flow: Flow }) {
  const [plan, setPlan] = useState(flow.exchange ?? { start: null, screens: {}, forwardTo: null });
  const [secret, setSecret] = useState('');
  const screens = objectsAt(flow.json, 'screens');
  const ids = screens.map((screen) => textAt(screen, 'id'));
  const save = useAction(
    () => planFlow(flow.id, { ...plan, ...(secret === '' ? {} : { forwardSecret: secret }) }),
    { inPlace: true, refresh: [['flows']], done: 'It holds from now on' },
  );
  const setScreen = (id: string, change: { data?: Record<string, string>; next?: string | null }) =>
    setPlan({ ...plan, screens: { ...plan.screens, [id]: { ...plan.screens[id], ...change } } });
  return (
    <ActionForm action={save} submit="Save">
      <Stack gap="lg">
        <Select
          label="Opens with"
          maw={420}
          allowDeselect={false}
          data={ids}
          value={plan.start ?? ids[0] ?? null}
          onChange={(start) => setPlan({ ...plan, start })}
        />
        {screens.map((screen) => {
          const id = textAt(screen, 'id');
          const { data = {}, next } = plan.screens[id] ?? {};
          return (
            <Card key={id} component="section" aria-label={id}>
              <Stack gap="sm">
                <Title order={2} size="h4">
                  {textAt(screen, 'title')} <Code>{id}</Code>
                </Title>
                {Object.keys(objectAt(screen, 'data')).map((key) => (
                  <Textarea
                    key={key}
                    label={key}
                    description="Handlebars over the person; a list is written as JSON"
                    autosize
                    minRows={1}
                    value={data[key] ?? ''}
                    onChange={(event) =>
                      setScreen(id, { data: { ...data, [key]: event.currentTarget.value } })
                    }
                  />
                ))}
                {plan.forwardTo === null && (
                  <Select
                    label="Then comes"
                    maw={420}
                    allowDeselect={false}
                    data={[...ids.filter((each) => each !== id), { value: 'SUCCESS', label: 'The end' }]}
                    value={next ?? 'SUCCESS'}
                    onChange={(value) => setScreen(id, { next: value })}
                  />
                )}
              </Stack>
            </Card>
          );
        })}
        <Card component="section" aria-label="Your own address">
          <Stack gap="sm">
            <TextInput
              label="Ask an address of yours what comes next"
              description="It is posted what was filled in and answers the next screen within 7 seconds. Left empty: the screens above say it"
              placeholder="https://"
              value={plan.forwardTo ?? ''}
              onChange={(event) => {
                const value = event.currentTarget.value.trim();
                setPlan({ ...plan, forwardTo: value === '' ? null : value });
              }}
            />
            {plan.forwardTo !== null && (
              <PasswordInput
                label="Secret to sign with"
                description={
                  flow.isForwardSigned ? 'There is one; fill in to give another' : 'At least 8 characters'
                }
                autoComplete="new-password"
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
              />
            )}
          </Stack>
        </Card>
      </Stack>
    </ActionForm>
  );
}

/** Whether phones that write to a number can encrypt what they ask, and making it so. */
function KeyCard({ flow }: { flow: Flow }) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const able = senders.filter(
    (each) => each.medium === 'whatsApp' && each.providerAccountId === flow.providerAccountId,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const senderId = chosen ?? (able[0] ? String(able[0].id) : null);
  const key = useQuery(flowKeyQuery(senderId === null ? null : Number(senderId)));
  const register = useAction(() => registerFlowKey(Number(senderId)), {
    ...{ refresh: [['flowKey']], done: 'Meta has the key' },
  });
  const isValid = key.data?.status === 'VALID';
  return (
    <Card component="section" aria-labelledby="key">
      <Stack>
        <Title order={2} id="key">
          Key
        </Title>
        <Text size="sm">
          Phones encrypt what they ask. Make the key known to Meta for each number that sends this flow; the
          private half stays here, encrypted.
        </Text>
        <Select
          label="Number"
          allowDeselect={false}
          data={able.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={senderId}
          onChange={setChosen}
        />
        <Group justify="space-between">
          <Badge color={isValid ? 'green' : 'orange'}>
            {isValid ? 'Meta has it' : key.data?.status === 'MISMATCH' ? 'Meta has another' : 'Not known yet'}
          </Badge>
          <BusyButton variant="default" busy={register.isBusy} onClick={() => register.act()}>
            Make it known
          </BusyButton>
        </Group>
        {flow.endpoint !== null && (
          <Text size="sm" c="dimmed" className="anywhere">
            Phones call {flow.endpoint}, which Meta is told as a version is saved.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
