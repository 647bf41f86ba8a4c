import { type Sender, setSenderState } from '../../api/senders.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { useAction } from '../../shell/use-action.ts';

/** Stops a sender, or starts it again. */
export function StopOrStart({ sender, size }: { sender: Sender; size?: 'xs' }) {
  const isActive = sender.state === 'active';
  const change = useAction(() => setSenderState(sender.id, isActive ? 'stopped' : 'active'), {
    done: isActive ? `${sender.name} is stopped` : `${sender.name} sends again`,
    refresh: [['senders']],
  });
  return (
    <BusyButton
      {...(size && { size })}
      variant="default"
      aria-label={`${isActive ? 'Stop' : 'Start'} ${sender.name}`}
      busy={change.isBusy}
      onClick={() => change.act()}
    >
      {isActive ? 'Stop' : 'Start'}
    </BusyButton>
  );
}
