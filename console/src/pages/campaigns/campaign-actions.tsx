import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import {
  abortCampaign,
  type Campaign,
  campaignState,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../api/campaigns.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { useAction } from '../../shell/use-action.ts';

/** What can be done to a campaign in its present state. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const state = campaignState(campaign);
  const refresh = [['campaigns'], ['messages']];
  const pause = useAction(() => pauseCampaign(campaign.id), {
    done: 'Paused: nothing of it leaves until you resume it',
    refresh,
  });
  const resume = useAction(() => resumeCampaign(campaign.id), { done: 'It goes on', refresh });
  const abort = useAction(() => abortCampaign(campaign.id), {
    done: 'Aborted: what was queued is skipped',
    refresh,
  });
  const cancel = useAction(() => cancelCampaign(campaign.id), { done: 'Taken back', refresh });
  return (
    <>
      {state === 'Running' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          loading={pause.isPending}
          onClick={() => pause.mutate()}
        >
          Pause
        </Button>
      )}
      {state === 'Paused' && (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          Resume
        </Button>
      )}
      {(state === 'Running' || state === 'Paused') && (
        <ConfirmButton
          label="Abort"
          question="Abort this campaign?"
          confirm="Abort for good"
          danger
          variant="default"
          loading={abort.isPending}
          leftSection={<IconPlayerStop size={18} aria-hidden />}
          onConfirm={() => abort.mutate()}
        >
          Every message that has not left yet is skipped. This cannot be undone. To hold it for a while, pause
          it instead.
        </ConfirmButton>
      )}
      {state === 'Scheduled' && (
        <ConfirmButton
          label="Cancel schedule"
          question="Take this campaign back?"
          confirm="Cancel schedule"
          danger
          variant="default"
          loading={cancel.isPending}
          leftSection={<IconX size={18} aria-hidden />}
          onConfirm={() => cancel.mutate()}
        >
          It will not start at its time. You can schedule it again.
        </ConfirmButton>
      )}
    </>
  );
}
