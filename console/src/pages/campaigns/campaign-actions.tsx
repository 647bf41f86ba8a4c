import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import {
  abortCampaign,
  type Campaign,
  campaignState,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../api/campaigns.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';

/** What can be done to a campaign in its present state. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  // The button that was pressed gives way to others.
  const state = campaignState(campaign);
  const refresh = [['campaigns'], ['messages']];
  const pause = useAction(() => pauseCampaign(campaign.id), {
    done: 'Paused: nothing of it leaves until you resume it',
    refresh,
    after: focusPageTitle,
  });
  const resume = useAction(() => resumeCampaign(campaign.id), {
    done: 'It goes on',
    refresh,
    after: focusPageTitle,
  });
  const abort = useAction(() => abortCampaign(campaign.id), {
    done: 'Aborted: what was queued is skipped',
    refresh,
    after: focusPageTitle,
  });
  const cancel = useAction(() => cancelCampaign(campaign.id), {
    done: 'Taken back',
    refresh,
    after: focusPageTitle,
  });
  return (
    <>
      {state === 'Running' && (
        <BusyButton
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          busy={pause.isBusy}
          onClick={() => pause.act()}
        >
          Pause
        </BusyButton>
      )}
      {state === 'Paused' && (
        <BusyButton
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          busy={resume.isBusy}
          onClick={() => resume.act()}
        >
          Resume
        </BusyButton>
      )}
      {(state === 'Running' || state === 'Paused') && (
        <ConfirmButton
          label="Abort"
          question="Abort this campaign?"
          confirm="Abort for good"
          danger
          variant="default"
          busy={abort.isBusy}
          leftSection={<IconPlayerStop size={18} aria-hidden />}
          onConfirm={() => abort.act()}
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
          busy={cancel.isBusy}
          leftSection={<IconX size={18} aria-hidden />}
          onConfirm={() => cancel.act()}
        >
          It will not start at its time. You can schedule it again.
        </ConfirmButton>
      )}
    </>
  );
}
