/** What is known of a message beside its person. */
export interface MessageFacts {
  campaign: { id: number | null; name: string };
  template: { id: number; name: string; clientId: string | null };
  messageTypeId: number;
  channelId: number;
  messageId: string;
  /** Where this person opts out of the channel. */
  unsubscribeUrl: string;
}

/**
 * The fields that every template may use of the message itself, in Iterable's names; no field of a person hides them.
 * A test has no campaign: its id is 0.
 */
export function builtInFields(facts: MessageFacts): Record<string, unknown> {
  const { campaign, template, unsubscribeUrl } = facts;
  return {
    campaignId: campaign.id ?? 0,
    campaignName: campaign.name,
    templateId: template.id,
    templateName: template.name,
    ...(template.clientId === null ? {} : { clientTemplateId: template.clientId }),
    messageTypeId: facts.messageTypeId,
    channelId: facts.channelId,
    messageId: facts.messageId,
    unsubscribeUrl,
    unsubscribeByPhoneUrl: unsubscribeUrl,
  };
}

/** Names of the brand, which a person's or a campaign's own field of the name hides. */
export function brandFields(brand: string): Record<string, unknown> {
  return { companyName: brand, brandName: brand };
}

/** What a person's address and id are called. */
export function identityFields(person: {
  email: string | null;
  externalId: string | null;
  phoneNumber: string | null;
}): Record<string, unknown> {
  return {
    ...(person.email === null ? {} : { email: person.email }),
    ...(person.externalId === null ? {} : { userId: person.externalId }),
    ...(person.phoneNumber === null ? {} : { phoneNumber: person.phoneNumber }),
  };
}

/** Fields of Iterable's that have no like here, with what to use instead. */
export const foreignFields: Readonly<Record<string, string>> = {
  hostedUnsubscribeUrl: 'use {{unsubscribeUrl}}',
  unsubscribeMessageTypeUrl: 'use {{unsubscribeUrl}}, which ends the channel',
  viewInBrowserUrl: 'there is no page of a mail here',
  physicalAddress: 'write the address itself, or keep it in a snippet',
  smsDisclaimerLink: 'write the address itself',
  messagingInitiative: 'write the words themselves',
  recurringCampaignId: 'use {{campaignId}}',
  workflowId: 'use {{campaignId}}',
  sendListIds: 'take it out',
  sentAt: 'use {{now}}',
};
