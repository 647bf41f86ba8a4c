import { Alert } from '@mantine/core';

/** Why a form asks for secrets that are stored already. */
export function SecretsAgain({ children }: { children: string }) {
  return (
    <Alert color="yellow" title="This leads to another place" role="status">
      {children} Stored secrets go nowhere but where they were given for, so that nobody can draw them out by
      changing an address.
    </Alert>
  );
}
