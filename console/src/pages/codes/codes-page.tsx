import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { profilesQuery, type VerificationProfile } from '../../api/verifications.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { countryName } from '../../words/countries.ts';
import { count, dollars } from '../../words/formats.ts';
import { ProfileForm } from './profile-form.tsx';

const shownCountries = 4;

function countriesOf({ countries }: VerificationProfile): string {
  const names = countries.slice(0, shownCountries).map(countryName).join(', ');
  const others = countries.length - shownCountries;
  return others > 0 ? `${names} and ${count(others)} more` : names;
}

const columns: Column<VerificationProfile>[] = [
  {
    header: 'Profile',
    cell: ({ id, name }) => (
      <TextLink to="/codes/$id" params={{ id: String(id) }} className="stretched">
        <bdi>{name}</bdi>
      </TextLink>
    ),
  },
  { header: 'Countries', cell: countriesOf },
  { header: 'Most in an hour', cell: ({ hourlyLimit }) => count(hourlyLimit), numeric: true },
  { header: 'Most in a day', cell: ({ dailyBudget }) => dollars(dailyBudget), numeric: true },
  { header: 'Number', cell: ({ id }) => id, numeric: true },
];

/** Profiles by which one-time codes are sent. */
export function CodesPage() {
  const profiles = useQuery(profilesQuery);
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="Codes"
      about="One-time codes prove that a number is somebody’s. Your server has them sent and checked by call, each by the number of a profile."
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New profile
        </Button>
      }
    >
      <Loaded query={profiles}>
        {(data) => (
          <DataTable
            caption="Verification profiles"
            columns={columns}
            rows={data.profiles}
            rowKey={({ id }) => id}
            empty="No profile yet. Make one, and name the countries where your people are."
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title="New profile">
        <ProfileForm onDone={({ id }) => void navigate({ to: '/codes/$id', params: { id: String(id) } })} />
      </Modal>
    </Page>
  );
}
