/** Twilio takes no longer body (error 21617) and warns of more media (21623); as read 2026-11-23. */
export const smsLimits = { characters: 1600, mediaUrls: 10 } as const;

/** Content in locales beside the default, and characters of all content of a template together. */
export const templateLimits = { locales: 100, characters: 5_000_000 } as const;

/** Beyond this many parts carriers drop long texts (Twilio 30019); a writer is warned, not refused. */
export const segmentsWarned = 10;

/**
 * Meta's limits for a WhatsApp template (Cloud API, message templates; as read 2026-11-28). The coupon code's
 * length is told differently from page to page; the lower figure stands.
 */
export const whatsAppLimits = {
  name: 512,
  headerText: 60,
  headerVariables: 1,
  body: 1024,
  offerBody: 600,
  offerText: 16,
  productBody: 160,
  footer: 60,
  buttons: 10,
  buttonText: 25,
  couponCode: 15,
  payload: 256,
  newlines: 2,
  sections: 10,
  sectionTitle: 24,
  products: 30,
  fewestCards: 2,
  cards: 10,
  cardBody: 160,
  cardButtons: 2,
} as const;

/** How many buttons of a kind a template may have; of those that are not named as many as of all together. */
export const mostOfButton: Readonly<Record<string, number>> = {
  url: 2,
  phone: 1,
  copyCode: 1,
  flow: 1,
  catalog: 1,
  products: 1,
  product: 1,
  voiceCall: 1,
  requestContact: 1,
};
