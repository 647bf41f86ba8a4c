import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { createCampaign, type NewCampaign, unlessTold } from '../../api/campaigns.ts';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Page } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';
import { CampaignForm } from './campaign-form.tsx';

/** Makes a blast; the forecast and the launch come on its own page. */
export function NewCampaignPage() {
  const { template, segment } = useSearch({ from: '/shell/campaigns/new' });
  const [campaign, setCampaign] = useState<NewCampaign>({
    name: '',
    templateId: template ?? 0,
    listIds: [],
    suppressionListIds: [],
    segmentIds: segment === undefined ? [] : [segment],
    suppressionSegmentIds: [],
    ...unlessTold,
  });
  // Whether something is written that leaving would lose.
  const isUnsaved = useRef(false);
  const navigate = useNavigate();
  // One key as long as nothing is changed: a call that is repeated finds the campaign it made.
  const [key, setKey] = useState(randomKey);
  const create = useAction(() => createCampaign(campaign, key), {
    ...{ once: true, inPlace: true },
    refresh: [['campaigns']],
    after: (id) => {
      isUnsaved.current = false;
      void navigate({ to: '/campaigns/$id', params: { id: String(id) } });
    },
  });
  return (
    <Page
      title="New campaign"
      about="Choose what goes to whom. Nothing is sent yet: on the next page you see whom it will reach and what it will cost."
    >
      <LeaveQuestion what="campaign" isAsked={() => isUnsaved.current} />
      <CampaignForm
        campaign={campaign}
        label="Make campaign"
        save={create}
        onChange={(part) => {
          isUnsaved.current = true;
          setCampaign((before) => ({ ...before, ...part }));
          setKey(randomKey());
        }}
      />
    </Page>
  );
}
