import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { newLinkCode } from './links/link-code.ts';
import { prepareTemplate, type RenderInput, renderMessage } from './render-message.ts';
import type { TemplateContent } from './template-content.ts';
import type { Template } from './templates/template.ts';
import { toMetaTemplate } from './whatsapp/meta-shape.ts';

const noSnippets = new Map<string, string>();

function template(content: TemplateContent, change: Partial<Template> = {}): Template {
  const at = new Date('2026-11-23T17:00:00Z');
  return {
    id: 1,
    project_id: 1,
    medium: content.medium,
    name: 'T',
    message_type_id: 1,
    client_template_id: null,
    locale: null,
    content,
    locales: {},
    track_links: true,
    utm: {},
    data_feed_ids: [],
    merge_data_feeds: false,
    provider_name: 'order_ready',
    approvals: [],
    category: null,
    creator: '',
    created_at: at,
    updated_at: at,
    archived_at: null,
    ...change,
  };
}

const sms = (message: string, mediaUrls: string[] = []): TemplateContent => ({
  medium: 'sms',
  message,
  mediaUrls,
});

function rendered(made: Template, input: Partial<RenderInput> = {}) {
  let count = 0;
  return renderMessage(prepareTemplate(made, noSnippets), {
    data: {},
    links: { shorten: () => `https://go.example/l/code${++count}`, track: true },
    optOutLine: null,
    ...input,
  });
}

describe('a text message', () => {
  test('has its fields filled, its links made short and the opt-out line put at its end', () => {
    const made = template(sms('Acme: hi {{firstName}}, https://a.example/x and https://a.example/y.'), {
      utm: { campaign: 'spring', params: [{ key: 'ref', value: 'sms' }] },
    });
    assert.deepEqual(rendered(made, { data: { firstName: 'Jo' }, optOutLine: 'Reply STOP to opt out' }), {
      content: {
        kind: 'sms',
        body: 'Acme: hi Jo, https://go.example/l/code1 and https://go.example/l/code2.\nReply STOP to opt out',
      },
      segments: 1,
      links: [
        { code: 'code1', url: 'https://a.example/x?utm_campaign=spring&utm_medium=sms&ref=sms' },
        { code: 'code2', url: 'https://a.example/y?utm_campaign=spring&utm_medium=sms&ref=sms' },
      ],
    });
  });

  test('says only once how to opt out', () => {
    const result = rendered(template(sms('Acme: sale. Reply STOP to opt out')), {
      optOutLine: 'Reply STOP to opt out',
    });
    assert.ok('content' in result && result.content.kind === 'sms');
    assert.equal(result.content.body, 'Acme: sale. Reply STOP to opt out');
  });

  test('keeps its links when they are not tracked, and never shortens the way out', () => {
    const made = template(sms('Hi https://a.example/x {{unsubscribeUrl}}'));
    const unsubscribeUrl = 'https://go.example/u/abc';
    const data = { unsubscribeUrl };
    const plain = rendered(made, { data, links: { shorten: () => assert.fail(), track: false } });
    assert.ok('content' in plain && plain.content.kind === 'sms');
    assert.equal(plain.content.body, 'Hi https://a.example/x https://go.example/u/abc');
    const tracked = rendered(made, { data });
    assert.ok('content' in tracked && tracked.content.kind === 'sms');
    assert.equal(tracked.content.body, 'Hi https://go.example/l/code1 https://go.example/u/abc');
  });

  test('with media is one MMS whatever its length', () => {
    const result = rendered(template(sms('x'.repeat(400), ['https://a.example/{{pic}}.png'])), {
      data: { pic: 'cat' },
    });
    assert.partialDeepStrictEqual(result, {
      content: { mediaUrls: ['https://a.example/cat.png'] },
      segments: 1,
    });
  });

  test('that comes out empty, or too long, is skipped with the reason', () => {
    assert.partialDeepStrictEqual(rendered(template(sms('{{#if vip}}Hi{{/if}}'))), { skip: 'emptyMessage' });
    assert.partialDeepStrictEqual(rendered(template(sms('{{note}}')), { data: { note: 'x'.repeat(1601) } }), {
      skip: 'contentTooLong',
    });
  });

  test('keeps an address whole that a field with spaces fills', () => {
    const made = template(
      sms('Acme: https://a.example/{{city}}/x?n={{name}}{{#if vip}}&v={{vip}}{{/if}} for {{name}}'),
    );
    const result = rendered(made, { data: { city: 'New York', name: 'Jo Ann', vip: 'é' } });
    assert.ok('content' in result && result.content.kind === 'sms');
    assert.equal(result.content.body, 'Acme: https://go.example/l/code1 for Jo Ann');
    assert.equal(result.links[0]?.url, 'https://a.example/New%20York/x?n=Jo%20Ann&v=%C3%A9');
  });

  test('with a hole in it is skipped, naming every field that is missing', () => {
    const made = template(
      sms('Hi {{firstName}}, {{defaultIfEmpty city "there"}} {{tier}}', ['https://a.example/{{pic}}.png']),
    );
    assert.deepEqual(rendered(made, { data: { tier: ' ' } }), {
      skip: 'missingField',
      detail: 'firstName, pic, tier',
    });
  });

  test('is not sent where its template says so, with the cause', () => {
    const made = template(sms('Hi {{#ifLt points 1}}{{sendSkip cause="no points"}}{{/ifLt}}'));
    assert.deepEqual(rendered(made, { data: { points: 0 } }), {
      skip: 'skippedByTemplate',
      detail: 'no points',
    });
  });

  test('can always be stored: no NUL, no half of a pair', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cut) => {
        const result = rendered(template(sms('Hi {{cut}}!')), { data: { cut: `${cut}\ud83d\0` } });
        assert.ok('content' in result && result.content.kind === 'sms');
        assert.ok(result.content.body.isWellFormed() && !result.content.body.includes('\0'));
      }),
    ));

  test('each link has a code of its own, and no address of the template is left in the words', () => {
    const path = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), fc.integer({ min: 0, max: 63 }), (paths, lane) => {
        const urls = paths.map((one) => `https://shop.example/${one}`);
        const result = rendered(template(sms(`Hi ${urls.join(' ')} bye`)), {
          links: { shorten: () => `https://go.example/l/${newLinkCode(lane)}`, track: true },
        });
        assert.ok('content' in result && result.content.kind === 'sms');
        const { body } = result.content;
        assert.deepEqual(
          result.links.map((link) => link.url),
          urls,
        );
        assert.equal(new Set(result.links.map((link) => link.code)).size, urls.length);
        assert.ok(!body.includes('shop.example'));
        for (const { code } of result.links) assert.ok(body.includes(`https://go.example/l/${code}`));
      }),
    );
  });
});

describe('a WhatsApp template', () => {
  const content: TemplateContent = {
    medium: 'whatsApp',
    language: 'en_US',
    header: { kind: 'text', text: 'Hi {{defaultIfEmpty firstName "there"}}' },
    body: 'Order {{order.id}} for {{defaultIfEmpty firstName "you"}} is ready.',
    footer: 'Acme',
    buttons: [
      { type: 'url', text: 'Track', url: 'https://acme.example/o/{{order.id}}' },
      { type: 'phone', text: 'Call', phone: '+14155550132' },
      { type: 'quickReply', text: 'Thanks', payload: 'thanks-{{order.id}}' },
      { type: 'copyCode', text: 'Copy', code: 'SAVE20' },
    ],
  };

  test('is shown to Meta with numbers for fields, and examples', () => {
    assert.ok(content.medium === 'whatsApp');
    assert.deepEqual(toMetaTemplate(content, 'https://go.example'), {
      header: { kind: 'text', text: 'Hi {{1}}' },
      body: 'Order {{1}} for {{2}} is ready.',
      footer: 'Acme',
      buttons: [
        { type: 'url', text: 'Track', url: 'https://go.example/l/{{1}}' },
        { type: 'phone', text: 'Call', phone: '+14155550132' },
        { type: 'quickReply', text: 'Thanks' },
        { type: 'copyCode', code: 'SAVE20' },
      ],
      examples: { '1': 'id', '2': 'you' },
      headerExamples: { '1': 'there' },
      headerExpressions: ['{{defaultIfEmpty firstName "there"}}'],
      bodyExpressions: ['{{order.id}}', '{{defaultIfEmpty firstName "you"}}'],
    });
  });

  test('is filled for one person, its button leading through a short link', () => {
    assert.deepEqual(rendered(template(content), { data: { order: { id: 'A 1\n2' } } }), {
      content: {
        kind: 'whatsAppTemplate',
        name: 'order_ready',
        language: 'en_US',
        components: [
          { type: 'header', parameters: [{ type: 'text', text: 'there' }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'A 1 2' },
              { type: 'text', text: 'you' },
            ],
          },
          { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: 'code1' }] },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: 2,
            parameters: [{ type: 'payload', payload: 'thanks-A 1\n2' }],
          },
          {
            type: 'button',
            sub_type: 'copy_code',
            index: 3,
            parameters: [{ type: 'coupon_code', coupon_code: 'SAVE20' }],
          },
        ],
        preview: 'Hi there\n\nOrder A 1 2 for you is ready.\n\nAcme',
      },
      segments: 1,
      links: [{ code: 'code1', url: 'https://acme.example/o/A%201%0A2' }],
    });
  });

  test('with nothing to put into a blank is skipped, naming the field', () => {
    assert.deepEqual(rendered(template(content), { data: {} }), { skip: 'missingField', detail: 'order.id' });
  });

  test('that grows past what Meta allows when it is filled is skipped, naming the part', () => {
    const long = template({ ...content, buttons: [], body: 'Your order {{order.id}} is ready.' });
    const result = rendered(long, { data: { order: { id: 'x'.repeat(1005) }, firstName: 'Jo' } });
    assert.deepEqual(result, {
      skip: 'contentTooLong',
      detail: 'the body has 1026 characters for this person; Meta allows 1024',
    });
    const header = rendered(long, { data: { order: { id: 1 }, firstName: 'J'.repeat(70) } });
    assert.partialDeepStrictEqual(header, { skip: 'contentTooLong' });
  });

  test('never has a parameter that Meta refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (id, firstName) => {
        const result = rendered(template({ ...content, buttons: [] }), {
          data: { order: { id }, firstName },
        });
        if ('skip' in result) return;
        assert.ok(result.content.kind === 'whatsAppTemplate');
        for (const parameter of result.content.components.flatMap((component) =>
          'parameters' in component ? component.parameters : [],
        )) {
          assert.ok(parameter.type === 'text');
          assert.ok(parameter.text !== '' && !/[\n\r\t]| {5,}/.test(parameter.text));
        }
      }),
    );
  });
});

describe('an email', () => {
  const content: TemplateContent = {
    medium: 'email',
    subject: 'Hi {{firstName}}\n',
    html: '<html><body><h1>Sale</h1><p>Hi {{firstName}}, <a class="b" href="https://a.example/?a=1&amp;b=2">look</a>.</p></body></html>',
    plainText: '',
    preheader: 'Half price',
    fromName: 'Acme',
    fromEmail: '',
    replyTo: 'help@acme.example',
  };

  test('has its links rewritten, a plain text made of it and a way to unsubscribe', () => {
    const result = rendered(template(content), {
      data: { firstName: 'Jo & Co' },
      unsubscribeUrl: 'https://go.example/u/abc',
    });
    assert.ok('content' in result && result.content.kind === 'email');
    const { html, text, subject, unsubscribeUrl, fromName, replyTo } = result.content;
    assert.deepEqual(
      [subject, unsubscribeUrl, fromName, replyTo],
      ['Hi Jo & Co', 'https://go.example/u/abc', 'Acme', 'help@acme.example'],
    );
    assert.match(
      html,
      /<p>Hi Jo &amp; Co, <a class="b" href="https:\/\/go\.example\/l\/code1">look<\/a>\.<\/p>/,
    );
    assert.match(html, /href="https:\/\/go\.example\/u\/abc">Unsubscribe<\/a><\/p><\/body>/);
    assert.equal(
      text,
      'Sale\n\nHi Jo & Co, look (https://go.example/l/code1).\n\nUnsubscribe: https://go.example/u/abc',
    );
    assert.deepEqual(result.links, [{ code: 'code1', url: 'https://a.example/?a=1&b=2' }]);
  });

  test('is read without HTML as it is with it, letters by their names too', () => {
    const html =
      '<p>Caf&eacute; Zo&euml; &copy; 5&nbsp;&euro;</p><a href="https://a.example/?a=1&copy=2">look</a>';
    const result = rendered(template({ ...content, html }), { data: { firstName: 'Jo' } });
    assert.ok('content' in result && result.content.kind === 'email');
    assert.match(result.content.text, /^Café Zoë © 5 €\n/);
    assert.deepEqual(result.links, [{ code: 'code1', url: 'https://a.example/?a=1&copy=2' }]);
  });

  test('keeps the way out that its writer placed', () => {
    const html = '<p><a href="{{unsubscribeUrl}}">leave</a></p>';
    const unsubscribeUrl = 'https://go.example/u/abc';
    const result = rendered(template({ ...content, html }), {
      unsubscribeUrl,
      data: { unsubscribeUrl, firstName: 'Jo' },
    });
    assert.ok('content' in result && result.content.kind === 'email');
    assert.equal(result.content.html.match(/go\.example\/u\/abc/g)?.length, 1);
    assert.deepEqual(result.links, []);
  });
});
