import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery, deleteAlert, type ItemAlert } from '../../api/catalogs.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, instant } from '../../words/formats.ts';
import { AlertForm } from './alert-form.tsx';
import { EditedCard } from './edited-card.tsx';

/** The alerts of a catalog: whom it tells of which changes of its items, and what they have told. */
export function AlertsCard({ name }: { name: string }) {
  const alerts = useQuery(alertsQuery(name));
  return (
    <EditedCard<ItemAlert>
      title="Alerts"
      what="alert"
      about="Back in stock, price down: people who asked for an item, looked at it or have it in the cart are told once when it changes."
      form={(alert, close) => <AlertForm name={name} alert={alert} onDone={close} />}
    >
      {(edit) => (
        <Loaded query={alerts}>
          {(data) => (
            <>
              {data.some(({ isHeard }) => !isHeard) && (
                <Alert color="orange" title="Nobody is told yet">
                  Nothing listens for changed items. Let a <TextLink to="/settings">webhook</TextLink> be told
                  of catalogItemChanged, or a journey begin by it.
                </Alert>
              )}
              <DataTable
                caption={`Alerts: ${count(data.length)}`}
                rows={data}
                rowKey={({ id }) => id}
                empty="No alert yet."
                columns={columnsWith(name, edit)}
              />
            </>
          )}
        </Loaded>
      )}
    </EditedCard>
  );
}

const columnsWith = (name: string, edit: (alert: ItemAlert) => void): Column<ItemAlert>[] => [
  {
    header: 'Alert',
    cell: (alert) => (
      <Stack gap={2}>
        <Text fw={600} className="anywhere">
          <bdi>{alert.name}</bdi>
        </Text>
        <Text size="sm" className="anywhere">
          {alert.words}
        </Text>
      </Stack>
    ),
  },
  { header: 'Told', cell: ({ told }) => counted(told, 'time'), numeric: true, unbroken: true },
  {
    header: 'Last told',
    cell: ({ lastToldAt, underWay }) =>
      underWay > 0 ? `${counted(underWay, 'change is', 'changes are')} under way` : instant(lastToldAt),
  },
  {
    header: 'Actions',
    cell: (alert) => (
      <Group gap="xs" wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          aria-label={`Change alert ${alert.name}`}
          onClick={() => edit(alert)}
        >
          Change
        </Button>
        <DeleteAlert name={name} alert={alert} />
      </Group>
    ),
  },
];

function DeleteAlert({ name, alert }: { name: string; alert: ItemAlert }) {
  const remove = useAction(() => deleteAlert(name, alert.id), {
    done: 'The alert is deleted',
    refresh: [['catalogs', name, 'alerts']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete alert ${alert.name}`}
      size="xs"
      variant="default"
      question={`Delete “${alert.name}”?`}
      confirm="Delete the alert"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      Nobody is told of these changes any more, and whom it has told is forgotten. What webhooks were told
      stays.
    </ConfirmButton>
  );
}
