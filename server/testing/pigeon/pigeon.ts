import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { placeOfUrl } from '../../outbound/place.ts';
import {
  accountFields,
  accountShape,
  baseUrlField,
  patternField,
  textField,
} from '../../providers/account-shape.ts';
import type { Hearing, ProviderCall, ProviderNews, WireCallback } from '../../providers/callback.ts';
import { tellDeparture } from '../../providers/departure.ts';
import { httpAddress } from '../../providers/http-account.ts';
import { refusal, unanswered } from '../../providers/http-refusal.ts';
import { parseRecord, textAt } from '../../providers/json-reading.ts';
import type { OpenWire, ProviderAccount, ReceiptStatus } from '../../providers/sending.ts';
import type { CodeMeaning, Wire } from '../../providers/wire.ts';
import type { WireGround } from '../../providers/wire-ground.ts';

const settings = accountFields({
  baseUrl: baseUrlField(),
  loft: patternField('Number of the loft', '^L\\d+$', 'L and digits, such as L7'),
  homing: Type.Optional(Type.Boolean({ title: 'Birds come home' })),
});
const secrets = accountFields({ ring: textField('Inscription of the ring') });
type PigeonAccount = ProviderAccount & Static<typeof settings> & Static<typeof secrets>;

const isPigeonAccount = (account: ProviderAccount): account is PigeonAccount => account.wire === 'pigeon';

/** The provider's own words for what goes wrong. */
const errors: Readonly<Record<string, CodeMeaning>> = {
  noSuchRoof: { errorClass: 'badAddress', meaning: 'there is no such roof' },
  clippedWings: { errorClass: 'sender', meaning: 'this loft may not fly' },
  hawk: { errorClass: 'content', meaning: 'a hawk dislikes it' },
};

const signature = 'X-Ring';

/** What signs a call: the address it is made to and its bytes, with the ring's inscription. */
export function pigeonSignature(ring: string, url: string, body: string | Buffer): string {
  return createHmac('sha256', ring).update(`${url}\n`).update(body).digest('hex');
}

function openPigeon({ exchanges }: WireGround): OpenWire {
  return {
    name: 'pigeon',
    async send(account, { reference, from, to, content, callbackUrl }, context) {
      const address = isPigeonAccount(account) ? httpAddress(account.baseUrl) : null;
      if (!isPigeonAccount(account) || address === null || content.kind !== 'sms') {
        tellDeparture(context);
        const detail = 'pigeons carry texts only';
        return { outcome: 'refused', errorClass: 'permanent', code: 'WRONG_WIRE', detail };
      }
      const exchange = await exchanges.run(
        {
          ...{
            origin: address.origin,
            path: `${address.prefix}/lofts/${account.loft}/flights`,
            method: 'POST',
          },
          headers: ['x-ring', account.ring, 'content-type', 'application/json'],
          body: JSON.stringify({ reference, from, to, text: content.body, report: callbackUrl }),
          secrets: [account.ring],
        },
        context,
      );
      if (exchange.kind !== 'answered') return unanswered(exchange);
      const answer = parseRecord(exchange.body);
      const bird = textAt(answer, 'bird');
      if (exchange.status === 200 && bird !== undefined)
        return { outcome: 'accepted', providerMessageId: bird };
      const code = textAt(answer, 'cry');
      const { status, retryAfterMs } = exchange;
      return refusal({ status, code, detail: '', retryAfterMs, row: rowOf(code) });
    },
  };
}

function rowOf(code: string | undefined): CodeMeaning | undefined {
  return code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
}

const statuses: Readonly<Record<string, ReceiptStatus>> = { landed: 'delivered', eaten: 'failed' };

const callbacks: readonly WireCallback[] = [
  {
    ...{ method: 'POST', path: '/:reference', largestBody: 1_024, signature },
    hear: (call, account) =>
      heard(call, account, () => {
        const news = parseRecord(call.body.toString('utf8'));
        const status = statuses[textAt(news, 'news') ?? ''];
        const providerMessageId = textAt(news, 'bird');
        if (status === undefined || providerMessageId === undefined) return {};
        const code = textAt(news, 'cry');
        const receipt = { reference: call.reference ?? '', providerMessageId, status, at: call.now };
        return { receipts: [code === undefined ? receipt : { ...receipt, code }] };
      }),
  },
  {
    ...{ method: 'POST', path: '/arrivals', largestBody: 1_024, signature },
    hear: (call, account) =>
      heard(call, account, () => {
        const letter = parseRecord(call.body.toString('utf8'));
        const [providerMessageId, phone, to] = ['bird', 'from', 'to'].map((name) => textAt(letter, name));
        if (providerMessageId === undefined || phone === undefined || to === undefined) return {};
        const body = textAt(letter, 'text') ?? '';
        return {
          inbound: [
            { ...{ wire: 'pigeon', providerMessageId, to, from: { phone }, body, media: [] }, at: call.now },
          ],
        };
      }),
  },
];

function heard(call: ProviderCall, account: ProviderAccount, read: () => ProviderNews): Hearing {
  const given = Buffer.from(String(call.headers[signature.toLowerCase()]));
  const ring = isPigeonAccount(account) ? account.ring : '';
  const expected = Buffer.from(pigeonSignature(ring, call.url, call.body));
  return ring !== '' && given.length === expected.length && timingSafeEqual(given, expected)
    ? { outcome: 'heard', news: read(), reply: { status: 202, contentType: 'text/plain', body: 'coo' } }
    : { outcome: 'refused', detail: `${signature} is not this loft’s` };
}

/** A wire that nobody has: it shows that one is added by a folder alone. */
export const pigeon: Wire = {
  name: 'pigeon',
  title: 'Pigeon post',
  media: ['sms'],
  account: accountShape({
    ...{ settings, secrets, destination: ['baseUrl'] },
    placeOf: ({ baseUrl }) => placeOfUrl(baseUrl),
  }),
  errorOf: rowOf,
  open: openPigeon,
  callbacks,
  wireAddressFault: (address) =>
    address.startsWith('+') ? null : 'wireAddress is no number of a loft; give it as +12025550110',
};
