import { Group } from '@mantine/core';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Campaign,
  campaignState,
  cloneCampaign,
  isEditable,
  removeCampaign,
} from '../../api/campaigns.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';

/** What can be done to a campaign as a thing: change it, copy it, be rid of it. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const state = campaignState(campaign);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key] = useState(randomKey);
  const clone = useAction(() => cloneCampaign(campaign.id, key), {
    ...{ once: true, done: 'A copy: nothing of it is sent yet' },
    refresh: [['campaigns', 'page']],
    after: (id) => void navigate({ to: '/campaigns/$id/edit', params: { id: String(id) } }),
  });
  const remove = useAction(() => removeCampaign(campaign.id), {
    ...{ once: true, done: (done) => (done === 'deleted' ? 'Deleted' : 'Archived: its numbers are kept') },
    // What is gone is not asked for again: its page is left first.
    after: async () => {
      await navigate({ to: '/campaigns' });
      await queries.invalidateQueries({ queryKey: ['campaigns', 'page'] });
    },
  });
  const isSent = campaign.startAt !== undefined && state !== 'Scheduled';
  const mayGo = !['Running', 'Paused', 'Archived'].includes(state);
  return (
    <Group gap="sm" component="section" aria-label="This campaign">
      {isEditable(campaign) && (
        <LinkButton
          to="/campaigns/$id/edit"
          params={{ id: String(campaign.id) }}
          variant="default"
          size="sm"
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          Change
        </LinkButton>
      )}
      <BusyButton
        variant="default"
        busy={clone.isBusy}
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={() => clone.act()}
      >
        Copy
      </BusyButton>
      {mayGo && (
        <ConfirmButton
          label={isSent ? 'Archive' : 'Delete'}
          question={isSent ? 'Archive this campaign?' : 'Delete this campaign?'}
          confirm={isSent ? 'Archive' : 'Delete'}
          danger={!isSent}
          variant="default"
          busy={remove.isBusy}
          leftSection={<IconTrash size={16} aria-hidden />}
          onConfirm={() => remove.act()}
        >
          {isSent
            ? 'It leaves the list of campaigns. Its messages and numbers are kept, and found under Archived.'
            : 'It has sent nothing, so nothing of it is kept. This cannot be undone.'}
        </ConfirmButton>
      )}
    </Group>
  );
}
