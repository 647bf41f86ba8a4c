import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import {
  type Campaign,
  campaignQuery,
  changeCampaign,
  isEditable,
  type NewCampaign,
  unlessTold,
} from '../../api/campaigns.ts';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { CampaignForm } from './campaign-form.tsx';

/** Changes a campaign that is not under way. */
export function EditCampaignPage() {
  const { id } = useParams({ from: '/shell/campaigns/$id/edit' });
  // What is being written here is not to be asked for again.
  const campaign = useQuery({
    ...campaignQuery(Number(id)),
    refetchOnMount: 'always',
    refetchInterval: false,
  });
  return (
    <Loaded query={campaign} page="Campaign" anew>
      {(data) => <EditForm campaign={data} />}
    </Loaded>
  );
}

function EditForm({ campaign }: { campaign: Campaign }) {
  const [changed, setChanged] = useState(() => settingsOf(campaign));
  const isUnsaved = useRef(false);
  const navigate = useNavigate();
  const params = { id: String(campaign.id) };
  const save = useAction(() => changeCampaign(campaign.id, changed), {
    ...{ once: true, inPlace: true, done: 'Saved' },
    refresh: [['campaigns']],
    after: () => {
      isUnsaved.current = false;
      void navigate({ to: '/campaigns/$id', params });
    },
  });
  return (
    <Page
      title={`Change ${campaign.name}`}
      actions={
        <LinkButton to="/campaigns/$id" params={params} variant="default">
          Leave it as it is
        </LinkButton>
      }
    >
      <LeaveQuestion what="campaign" isAsked={() => isUnsaved.current} />
      {isEditable(campaign) ? (
        <CampaignForm
          campaign={changed}
          isBlast={campaign.type === 'Blast'}
          label="Save changes"
          save={save}
          onChange={(part) => {
            isUnsaved.current = true;
            setChanged((before) => ({ ...before, ...part }));
          }}
        />
      ) : (
        <Alert color="yellow" title="It cannot be changed now">
          A campaign that is scheduled or under way stays as it is. Cancel its schedule first, or make a copy.
        </Alert>
      )}
    </Page>
  );
}

function settingsOf({ options, ...campaign }: Campaign): NewCampaign {
  const { name, templateId, listIds, suppressionListIds, segmentIds, suppressionSegmentIds } = campaign;
  const { senderId, poolId } = campaign;
  const { spreadHours, quietHours, caps } = { ...unlessTold, ...options };
  return {
    ...{ name, templateId, listIds, suppressionListIds, segmentIds, suppressionSegmentIds, quietHours, caps },
    ...(senderId === undefined ? {} : { senderId }),
    ...(poolId === undefined ? {} : { poolId }),
    ...(spreadHours === undefined ? {} : { spreadHours }),
  };
}
