import { Alert, Button, Center, Loader, Stack } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RequestError } from '../api/request.ts';
import { clock } from '../words/formats.ts';
import { refusalWords } from '../words/refusal-words.ts';
import { Page } from './page.tsx';

/** What went wrong, said by the server, announced to screen readers; with a button where trying again helps. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="That did not work" role="alert">
      <Stack gap="sm" align="flex-start">
        <span className="anywhere">{refusalWords(error)}</span>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/**
 * Shows what a query brought, a spinner until then, or what went wrong; what it brought stays when asking again
 * fails, with the time of which it tells. `page` is for what fills a page of its own: what the page is called
 * ("Campaign") while it has no better name. `anew` is for what is changed here: what is kept from before may be old, and is not
 * written on; the query is one that asks again whenever it is opened (`refetchOnMount: 'always'`).
 */
export function Loaded<Data>({
  query,
  page,
  anew = false,
  children,
}: {
  query: UseQueryResult<Data>;
  page?: string;
  anew?: boolean;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined && (!anew || query.isFetchedAfterMount))
    return (
      <>
        {query.error && (
          <NotUpdated since={query.dataUpdatedAt}>
            {/* Within a page the reason need not be said again. */}
            {page !== undefined && refusalWords(query.error)}
          </NotUpdated>
        )}
        {children(query.data)}
      </>
    );
  const standIn = query.error ? (
    <Problem error={query.error} retry={() => void query.refetch()} />
  ) : (
    <Center mih={180} role="status" aria-label="Loading">
      <Loader type="dots" />
    </Center>
  );
  if (page === undefined) return standIn;
  const isMissing = query.error instanceof RequestError && query.error.status === 404;
  return <Page title={isMissing ? `No such ${page.toLowerCase()}` : page}>{standIn}</Page>;
}

function NotUpdated({ since, children }: { since: number; children: ReactNode }) {
  return (
    <Alert
      color="orange"
      icon={<IconPlugConnectedX aria-hidden />}
      title={`Not updated since ${clock(since)}`}
      role="status"
      mb="md"
    >
      {children}
    </Alert>
  );
}
