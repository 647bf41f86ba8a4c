import type { Context } from '../http/context.ts';
import type { FlowUpdate } from '../providers/flow-management.ts';
import { hasAccountWith } from '../senders/provider-accounts.sql.ts';
import { insertNotice, keepFlowStatus } from './flows.sql.ts';

/** Keeps what a provider says of a project's flow by webhook: its status, or that something is wrong with its endpoint. */
export async function applyFlowUpdate(
  { db }: Pick<Context, 'db'>,
  projectId: number,
  wire: string,
  update: FlowUpdate,
): Promise<void> {
  if (!(await hasAccountWith(db, projectId, wire, update.heldBy))) return;
  const { flowId, event, message, status, isOver = null, at } = update;
  await insertNotice(db, projectId, flowId, { event, message, isOver, at });
  if (status !== undefined) await keepFlowStatus(db, projectId, flowId, { status, at });
}
