import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ClickedLink, linksQuery } from '../../api/numbers.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { count } from '../../words/formats.ts';

const columns: Column<ClickedLink>[] = [
  { header: 'Link', cell: ({ url }) => <span className="anywhere">{url}</span> },
  { header: 'People', cell: ({ unique }) => count(unique), numeric: true },
  { header: 'Clicks', cell: ({ total }) => count(total), numeric: true },
  { header: 'Previews', cell: ({ previews }) => count(previews), numeric: true },
  { header: 'Bots', cell: ({ bots }) => count(bots), numeric: true },
];

/** Which links people followed; what machines fetched stands apart and counts nowhere else. */
export function ClickedLinks({ campaignId }: { campaignId: number }) {
  const links = useQuery(linksQuery(campaignId));
  return (
    <Stack component="section" aria-labelledby="links">
      <Title order={2} id="links">
        Clicks by link
      </Title>
      <Loaded query={links}>
        {(data) => (
          <DataTable
            caption="Clicks by link"
            columns={columns}
            rows={data}
            rowKey={({ url }) => url}
            empty={<Text>No link was clicked yet.</Text>}
          />
        )}
      </Loaded>
    </Stack>
  );
}
