import type { FlowUpdate } from '../flow-management.ts';
import { type JsonRecord, textAt } from '../json-reading.ts';

/** Reads what a webhook of field `flows` says: a change of status, or an alert about errors and slowness; null for what names no flow. */
export function parseFlowUpdate(businessAccountId: string, value: JsonRecord, at: Date): FlowUpdate | null {
  const flowId = textAt(value, 'flow_id');
  const event = textAt(value, 'event');
  if (flowId === undefined || event === undefined) return null;
  const status = event === 'FLOW_STATUS_CHANGE' ? textAt(value, 'new_status') : undefined;
  const state = textAt(value, 'alert_state');
  return {
    ...{ heldBy: { businessAccountId }, flowId, event, message: textAt(value, 'message') ?? '', at },
    ...(status === undefined ? {} : { status }),
    ...(state === undefined ? {} : { isOver: state === 'DEACTIVATED' }),
  };
}
