import type { Happening } from '../../http/happenings.ts';

/** What makes everything true of somebody another: they are new, or somebody was merged into them. Every segment hears it. */
export const ofWholePerson = 'person';

const addressFields: readonly string[] = ['email', 'phoneNumber', 'whatsAppUserId'];

/**
 * What a happening is called by conditions that hear it (`Condition.hears`): `event:viewed`, `event` (one was written anew), `purchase`,
 * `field:city`, `profile` (whatever changed of it), `place`, `address`, `list:7`, `channel:3`, `channel` (any), `messageType:5`, `consent:sms` (any
 * standing of a medium), `consent` (something of one beside its status), `message` (sent, arrived, failed …), `skip`, `click`,
 * `open`, `received`, `journey:3`. Pure.
 */
export function heardAs(happening: Happening): readonly string[] {
  switch (happening.kind) {
    case 'event':
      return [`event:${happening.name}`];
    case 'purchase':
    case 'click':
    case 'received':
      return [happening.kind];
    case 'profile': {
      const fields = Object.keys(happening.changes);
      return [
        ...(happening.isNew ? [ofWholePerson] : []),
        ...['profile', ...fields.map((field) => `field:${field}`)],
        ...(fields.some((field) => addressFields.includes(field)) ? ['address'] : []),
      ];
    }
    case 'list':
      return [`list:${happening.listId}`];
    case 'standing': {
      const { channelId, messageTypeId, medium } = happening;
      const target =
        messageTypeId === null ? ['channel', `channel:${channelId}`] : [`messageType:${messageTypeId}`];
      return [...target, `consent:${medium}`];
    }
    case 'message':
      return [happening.what === 'sendSkip' ? 'skip' : 'message'];
    case 'journey':
      return [`journey:${happening.journeyId}`];
    case 'change':
      return [happening.of];
    default:
      return [];
  }
}
