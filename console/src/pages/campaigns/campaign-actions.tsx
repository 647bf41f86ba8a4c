import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import {
  abortCampaign,
  activateCampaign,
  type Campaign,
  campaignState,
  cancelCampaign,
  deactivateCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../api/campaigns.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';

/** What can be done to a campaign in its present state; `waits` when what failed of it is to be tried again. */
export function CampaignActions({ campaign, waits }: { campaign: Campaign; waits: boolean }) {
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
  const activate = useAction(() => activateCampaign(campaign.id), {
    done: 'Active: it is sent whenever it is called',
    refresh,
    after: focusPageTitle,
  });
  const deactivate = useAction(() => deactivateCampaign(campaign.id), {
    done: 'No longer active: calls that send it are refused',
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
      {campaign.type === 'Triggered' && ['Draft', 'Ready', 'Finished'].includes(state) && (
        <BusyButton busy={activate.isBusy} onClick={() => activate.act()}>
          Activate
        </BusyButton>
      )}
      {campaign.type === 'Triggered' && state === 'Running' && (
        <BusyButton variant="default" busy={deactivate.isBusy} onClick={() => deactivate.act()}>
          Deactivate
        </BusyButton>
      )}
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
      {(state === 'Running' || state === 'Paused' || (state === 'Finished' && waits)) && (
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
          {state === 'Finished'
            ? 'What failed on its way is not tried again. This cannot be undone.'
            : 'Every message that has not left yet is skipped. This cannot be undone. To hold it for a while, pause it instead.'}
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
