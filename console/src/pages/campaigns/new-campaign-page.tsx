import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { createCampaign, type NewCampaign, unlessTold } from '../../api/campaigns.ts';
import { Page } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';
import { CampaignForm } from './campaign-form.tsx';

/** Makes a blast; the forecast and the launch come on its own page. */
export function NewCampaignPage() {
  const { template } = useSearch({ from: '/shell/campaigns/new' });
  const [campaign, setCampaign] = useState<NewCampaign>({
    name: '',
    templateId: template ?? 0,
    listIds: [],
    suppressionListIds: [],
    segmentIds: [],
    suppressionSegmentIds: [],
    ...unlessTold,
  });
  const navigate = useNavigate();
  // One key as long as nothing is changed: a call that is repeated finds the campaign it made.
  const [key, setKey] = useState(randomKey);
  const create = useAction(() => createCampaign(campaign, key), {
    ...{ once: true, inPlace: true },
    refresh: [['campaigns']],
    after: (id) => void navigate({ to: '/campaigns/$id', params: { id: String(id) } }),
  });
  return (
    <Page
      title="New campaign"
      about="Choose what goes to whom. Nothing is sent yet: on the next page you see whom it will reach and what it will cost."
    >
      <CampaignForm
        campaign={campaign}
        label="Make campaign"
        save={create}
        onChange={(part) => {
          setCampaign((before) => ({ ...before, ...part }));
          setKey(randomKey());
        }}
      />
    </Page>
  );
}
