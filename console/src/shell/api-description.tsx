import { Anchor } from '@mantine/core';

/** Leads to the description of the calls, for what is done by them and not from a page. */
export function ApiDescription() {
  return (
    <Anchor href="/api/docs" underline="always">
      the API’s description
    </Anchor>
  );
}
