import { Alert, Button, Card, Code, Grid, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { campaignNamesQuery } from '../../api/campaigns.ts';
import { type CouponPoolDetails, deletePool, givenFile, poolQuery } from '../../api/coupons.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, instant } from '../../words/formats.ts';
import { oneForWords } from '../../words/one-for.ts';
import { AddCodesCard } from './add-codes-card.tsx';
import { LeftBar } from './left-bar.tsx';
import { PoolForm } from './pool-form.tsx';

/** One pool: what is left, adding codes, what they were given for. */
export function CouponPoolPage() {
  const { id } = useParams({ from: '/shell/coupons/$id' });
  const pool = useQuery(poolQuery(Number(id)));
  return (
    <Loaded query={pool} page="Coupon pool">
      {(data) => (
        <Page title={data.name} about={data.description} actions={<Actions pool={data} />}>
          {data.isLow && (
            <Alert color="orange" title="Few codes are left">
              {counted(data.left, 'code is', 'codes are')} left, and the alarm is set to{' '}
              {count(data.alarmBelow ?? 0)}. Add codes, or whoever finds none left is skipped.
            </Alert>
          )}
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <AddCodesCard pool={data} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Stack gap="lg">
                <State pool={data} />
                <Uses pool={data} />
              </Stack>
            </Grid.Col>
          </Grid>
        </Page>
      )}
    </Loaded>
  );
}

function Actions({ pool }: { pool: CouponPoolDetails }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure();
  const remove = useAction(() => deletePool(pool.id), {
    ...{ once: true, done: 'The pool is deleted' },
    // What is gone is not asked for again: its page is left first.
    after: async () => {
      await navigate({ to: '/coupons' });
      queries.removeQueries({ queryKey: ['coupons', pool.id] });
      await queries.invalidateQueries({ queryKey: ['coupons'] });
    },
  });
  return (
    <>
      <ConfirmButton
        label="Delete"
        variant="default"
        question={`Delete “${pool.name}”?`}
        confirm="Delete the pool"
        danger
        busy={remove.isBusy}
        onConfirm={() => remove.act()}
      >
        Its codes go, and with them who was given which. It stays while a template shows it.
      </ConfirmButton>
      <Button component="a" href={givenFile(pool.id)} download variant="default">
        Who got which code
      </Button>
      <Button onClick={open}>Change</Button>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title={`Change ${pool.name}`}>
        <PoolForm pool={pool} onDone={close} />
      </Modal>
    </>
  );
}

function State({ pool }: { pool: CouponPoolDetails }) {
  return (
    <Card component="section" aria-labelledby="state">
      <Stack>
        <Title order={2} id="state">
          Codes
        </Title>
        <LeftBar pool={pool} />
        <Text>
          {counted(pool.given, 'code is', 'codes are')} given
          {pool.returned > 0 && `; ${count(pool.returned)} had come back from messages that never left`}.
        </Text>
        <Text>{oneForWords[pool.oneFor]}.</Text>
        <Text>
          {pool.expiresAt === null ? 'Never expires' : `Expires ${instant(pool.expiresAt)}`}.{' '}
          {pool.alarmBelow === null ? 'No alarm.' : `Alarm below ${count(pool.alarmBelow)}.`}
        </Text>
        <Text>
          In a template: <Code className="anywhere">{`{{coupon "${pool.name}"}}`}</Code>
        </Text>
      </Stack>
    </Card>
  );
}

const columnsWith = (
  names: readonly { id: number; name: string }[],
): Column<CouponPoolDetails['campaigns'][number]>[] => [
  {
    header: 'Campaign',
    cell: ({ campaignId }) =>
      campaignId === null ? (
        'Without a campaign'
      ) : (
        <TextLink to="/campaigns/$id" params={{ id: String(campaignId) }}>
          <bdi>{names.find(({ id }) => id === campaignId)?.name ?? `Campaign ${campaignId}`}</bdi>
        </TextLink>
      ),
  },
  { header: 'Codes', cell: ({ codes }) => count(codes), numeric: true },
];

function Uses({ pool }: { pool: CouponPoolDetails }) {
  const { data: names = [] } = useQuery(campaignNamesQuery);
  return (
    <Stack component="section" aria-labelledby="uses">
      <Title order={2} id="uses">
        Used in
      </Title>
      <Text>
        {pool.templates.length === 0
          ? 'No template shows it yet.'
          : `Shown by ${pool.templates.map(({ name, inButton }) => `${name}${inButton ? ' (in a button)' : ''}`).join(', ')}.`}
      </Text>
      <DataTable
        caption="Codes given by campaign"
        columns={columnsWith(names)}
        rows={pool.campaigns}
        rowKey={({ campaignId }) => campaignId ?? 0}
        empty="No code was given yet."
      />
    </Stack>
  );
}
