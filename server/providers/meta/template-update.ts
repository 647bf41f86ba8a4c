import { type JsonRecord, recordAt, secondsAt, textAt } from '../json-reading.ts';
import type { TemplateUpdate } from '../template-approval.ts';
import { statusOf } from './template-status.ts';

type TemplateIdentity = Pick<TemplateUpdate, 'heldBy' | 'templateId' | 'name' | 'language' | 'at'>;

/** Reads the value of one of the template fields; `null` where it names no template or says nothing we read. */
export function parseTemplateUpdate(
  businessAccountId: string,
  field: string,
  value: JsonRecord,
  at: Date,
): TemplateUpdate | null {
  const templateId = textAt(value, 'message_template_id');
  const name = textAt(value, 'message_template_name');
  if (templateId === undefined || name === undefined) return null;
  const language = textAt(value, 'message_template_language') ?? '';
  const identity = { heldBy: { businessAccountId }, templateId, name, language, at };
  switch (field) {
    case 'message_template_status_update':
      return statusUpdate(identity, value);
    case 'message_template_quality_update':
      return qualityUpdate(identity, value);
    case 'template_category_update':
      return categoryUpdate(identity, value);
    default:
      return null;
  }
}

function statusUpdate(identity: TemplateIdentity, value: JsonRecord): TemplateUpdate | null {
  const status = textAt(value, 'event');
  if (status === undefined) return null;
  const stated = textAt(value, 'reason');
  const told =
    textAt(recordAt(value, 'other_info'), 'description') ??
    textAt(recordAt(value, 'rejection_info'), 'reason');
  const reason = stated === 'NONE' ? told : (stated ?? told);
  const advice = adviceOf(value);
  return {
    ...identity,
    kind: 'status',
    status: statusOf(status),
    ...(reason === undefined ? {} : { reason }),
    ...(advice === undefined ? {} : { advice }),
  };
}

/** Why a form was refused and what Meta recommends, which stands inside the value or beside it (facts: webhook fields). */
function adviceOf(value: JsonRecord): string | undefined {
  const info = recordAt(value, 'rejection_info');
  const parts = [textAt(info, 'reason'), textAt(info, 'recommendation')].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.map((part) => part.replace(/\.?$/, '.')).join(' ');
}

function qualityUpdate(identity: TemplateIdentity, value: JsonRecord): TemplateUpdate | null {
  const quality = textAt(value, 'new_quality_score');
  if (quality === undefined) return null;
  const previousQuality = textAt(value, 'previous_quality_score');
  return {
    ...identity,
    kind: 'quality',
    quality,
    ...(previousQuality === undefined ? {} : { previousQuality }),
  };
}

/** Meta first announces a change (`correct_category` and when), then tells that it was made (`new_category`). */
function categoryUpdate(identity: TemplateIdentity, value: JsonRecord): TemplateUpdate | null {
  const announced = textAt(value, 'correct_category');
  const category = announced ?? textAt(value, 'new_category');
  if (category === undefined) return null;
  const previousCategory = textAt(value, 'previous_category') ?? (announced && textAt(value, 'new_category'));
  const effectiveAt = secondsAt(value, 'category_update_timestamp');
  return {
    ...identity,
    kind: 'category',
    category,
    ...(previousCategory === undefined ? {} : { previousCategory }),
    isAnnounced: announced !== undefined,
    ...(announced === undefined || effectiveAt === undefined ? {} : { effectiveAt }),
  };
}
