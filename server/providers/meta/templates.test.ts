import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loopbackAllowed } from '../../testing/outbound.ts';
import { createExchanges } from '../exchange.ts';
import type { NewTemplate } from '../template-approval.ts';
import { type HttpAnswer, type SeenRequest, startHttpProvider } from '../testing/http-provider.ts';
import type { MetaAccount } from './account.ts';
import { uploadHeaderSample } from './header-sample.ts';
import { buildTemplateComponents, templateVariables } from './template-components.ts';
import { createMessageTemplate, deleteMessageTemplate, listMessageTemplates } from './templates.ts';

const accountAt = (baseUrl: string): MetaAccount => ({
  id: 2,
  wire: 'meta',
  baseUrl,
  version: 'v26.0',
  businessAccountId: 'WABA1',
  accessToken: 'token',
  appSecret: 'app-secret',
  verifyToken: 'verify',
});

const template: NewTemplate = {
  name: 'spring_sale',
  language: 'en_US',
  category: 'MARKETING',
  header: { kind: 'text', text: 'For {{first_name}}' },
  body: 'Hello {{first_name}}, {{percent}} off.',
  footer: 'The Shop',
  buttons: [
    { type: 'url', text: 'Look', url: 'https://ex.am/{{1}}' },
    { type: 'quickReply', text: 'Stop' },
    { type: 'phone', text: 'Call', phone: '+14155550132' },
    { type: 'copyCode', code: 'SAVE20' },
  ],
  examples: { first_name: 'Ana', '1': 'sale' },
};

/** Runs `call` against Meta as `answer` plays it. */
async function withMeta<T>(
  answer: (request: SeenRequest) => HttpAnswer,
  call: (account: MetaAccount, exchanges: ReturnType<typeof createExchanges>) => Promise<T>,
): Promise<{ result: T; requests: SeenRequest[] }> {
  const provider = await startHttpProvider(accountAt);
  provider.answerWith(answer);
  const exchanges = createExchanges(loopbackAllowed);
  try {
    return { result: await call(accountAt(provider.baseUrl), exchanges), requests: provider.requests };
  } finally {
    await exchanges.close();
    await provider.close();
  }
}

test('a new template is sent with the examples reviewers need', async () => {
  const { result, requests } = await withMeta(
    () => ({ status: 200, body: { id: '77', status: 'PENDING', category: 'MARKETING' } }),
    (account, exchanges) => createMessageTemplate(account, template, exchanges),
  );
  assert.deepEqual(result, { outcome: 'created', id: '77', status: 'PENDING', category: 'MARKETING' });
  assert.equal(requests[0]?.url, '/v26.0/WABA1/message_templates');
  assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), {
    name: 'spring_sale',
    language: 'en_US',
    category: 'MARKETING',
    parameter_format: 'named',
    components: [
      {
        type: 'HEADER',
        format: 'TEXT',
        text: 'For {{first_name}}',
        example: { header_text_named_params: [{ param_name: 'first_name', example: 'Ana' }] },
      },
      {
        type: 'BODY',
        text: 'Hello {{first_name}}, {{percent}} off.',
        example: {
          body_text_named_params: [
            { param_name: 'first_name', example: 'Ana' },
            { param_name: 'percent', example: 'percent' },
          ],
        },
      },
      { type: 'FOOTER', text: 'The Shop' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'Look', url: 'https://ex.am/{{1}}', example: ['https://ex.am/sale'] },
          { type: 'QUICK_REPLY', text: 'Stop' },
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+14155550132' },
          { type: 'COPY_CODE', example: 'SAVE20' },
        ],
      },
    ],
  });
});

test('numbered variables give examples in the order of their numbers', () => {
  const built = buildTemplateComponents({
    body: 'Take {{2}} or {{1}} now.',
    examples: { '1': 'a', '2': 'b' },
  });
  assert.ok(built.ok);
  assert.equal(built.parameterFormat, 'positional');
  assert.deepEqual(built.components, [
    { type: 'BODY', text: 'Take {{2}} or {{1}} now.', example: { body_text: [['a', 'b']] } },
  ]);
});

test('what Meta would refuse is told all at once, and not sent', async () => {
  const bad: NewTemplate = {
    ...template,
    name: 'Spring Sale',
    header: { kind: 'text', text: '{{a}} {{b}}' },
    body: '{{1}} and {{name}} end',
    footer: 'f'.repeat(61),
    buttons: [
      { type: 'phone', text: 'a', phone: '+1' },
      { type: 'phone', text: 'b'.repeat(26), phone: '+1' },
      { type: 'url', text: 'u', url: 'https://{{1}}/x' },
    ],
  };
  const { result, requests } = await withMeta(
    () => ({ status: 200, body: {} }),
    (account, exchanges) => createMessageTemplate(account, bad, exchanges),
  );
  assert.ok(result.outcome === 'refused');
  assert.equal(result.errorClass, 'content');
  for (const word of [
    'name',
    'header',
    'begins or ends',
    'mixed',
    'footer',
    'phone',
    'longer than 25',
    'at its end',
  ]) {
    assert.ok(result.detail.includes(word), word);
  }
  assert.equal(requests.length, 0);
});

test('a refusal by Meta comes with its class; no answer is unreachable', async () => {
  const { result } = await withMeta(
    () => ({ status: 400, body: { error: { code: 190, message: 'expired' } } }),
    (account, exchanges) => createMessageTemplate(account, template, exchanges),
  );
  assert.deepEqual(result, { outcome: 'refused', errorClass: 'account', code: '190', detail: 'expired' });
  const exchanges = createExchanges(loopbackAllowed);
  const silent = await createMessageTemplate(accountAt('http://127.0.0.1:9'), template, exchanges);
  assert.equal(silent.outcome, 'unreachable');
  await exchanges.close();
});

test('all pages of the list are read', async () => {
  const entry = (id: string) => ({
    id,
    name: 'spring_sale',
    language: 'en_US',
    status: 'APPROVED',
    category: 'MARKETING',
    quality_score: { score: 'GREEN' },
    rejected_reason: 'NONE',
    components: [{ type: 'BODY', text: 'x' }],
  });
  const { result, requests } = await withMeta(
    (request) =>
      request.url.includes('after=c1')
        ? { status: 200, body: { data: [entry('2')], paging: { cursors: { after: 'c2' } } } }
        : {
            status: 200,
            body: { data: [entry('1')], paging: { cursors: { after: 'c1' }, next: 'https://x' } },
          },
    (account, exchanges) => listMessageTemplates(account, undefined, exchanges),
  );
  assert.ok(result.outcome === 'listed');
  assert.deepEqual(
    result.templates.map(({ id }) => id),
    ['1', '2'],
  );
  assert.equal(result.templates[0]?.quality, 'GREEN');
  assert.equal(result.templates[0]?.rejectedReason, undefined);
  assert.equal(requests.length, 2);
});

test('a template is deleted in all languages, or in one', async () => {
  const { requests } = await withMeta(
    () => ({ status: 200, body: { success: true } }),
    async (account, exchanges) => {
      assert.deepEqual(await deleteMessageTemplate(account, { name: 'spring_sale' }, exchanges), {
        outcome: 'deleted',
      });
      await deleteMessageTemplate(account, { name: 'spring_sale', id: '7' }, exchanges);
    },
  );
  assert.deepEqual(
    requests.map(({ method, url }) => `${method} ${url}`),
    [
      'DELETE /v26.0/WABA1/message_templates?name=spring_sale',
      'DELETE /v26.0/WABA1/message_templates?name=spring_sale&hsm_id=7',
    ],
  );
});

test("a header's sample is uploaded in three steps and gives a handle", async () => {
  const sample = { fileName: 'a.png', contentType: 'image/png', bytes: Buffer.from('picture') };
  const { result, requests } = await withMeta(
    ({ url }) => {
      if (url.startsWith('/v26.0/app?')) return { status: 200, body: { id: '42' } };
      if (url.startsWith('/v26.0/42/uploads?')) return { status: 200, body: { id: 'upload:abc?sig=x' } };
      return { status: 200, body: { h: '4::handle' } };
    },
    (account, exchanges) => uploadHeaderSample(account, sample, exchanges),
  );
  assert.deepEqual(result, { outcome: 'uploaded', handle: '4::handle' });
  assert.equal(requests[1]?.url, '/v26.0/42/uploads?file_name=a.png&file_length=7&file_type=image%2Fpng');
  assert.equal(requests[2]?.url, '/v26.0/upload:abc?sig=x');
  assert.equal(requests[2]?.headers.file_offset, '0');
  assert.equal(requests[2]?.body, 'picture');
  const built = buildTemplateComponents({
    header: { kind: 'image', sampleHandle: '4::handle' },
    body: 'Look here.',
  });
  assert.deepEqual(built.ok && built.components[0], {
    type: 'HEADER',
    format: 'IMAGE',
    example: { header_handle: ['4::handle'] },
  });
});

test('every template that is built has an example for each of its variables', () => {
  const word = fc.stringMatching(/^[a-z][a-z ]{0,8}$/);
  const variable = fc.oneof(fc.constantFrom('{{1}}', '{{2}}'), fc.constantFrom('{{name}}', '{{code}}'));
  fc.assert(
    fc.property(fc.array(fc.oneof(word, variable), { maxLength: 8 }), (parts) => {
      const body = parts.join(' ');
      const built = buildTemplateComponents({ body });
      const names = templateVariables(body);
      const mixed = new Set(names.map((name) => /^\d/.test(name))).size > 1;
      if (mixed) assert.equal(built.ok, false);
      if (!built.ok || names.length === 0) return;
      const example = JSON.stringify(built.components[0]);
      for (const name of names) assert.ok(example.includes(`"${name}"`), name);
    }),
  );
});
