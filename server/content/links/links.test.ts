import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classifyVisitor } from './classify-visitor.ts';
import { fillAddress } from './fill-address.ts';
import { findLinks, rewriteLinks } from './find-links.ts';
import { laneOfLinkCode, linkCodes, newLinkCode } from './link-code.ts';
import { isPublicShortener, publicShorteners } from './public-shorteners.ts';
import { addUtm } from './utm.ts';

describe('links in a text', () => {
  const cases: [body: string, urls: string[]][] = [
    ['See https://shop.example/a?b=1&c=2#d.', ['https://shop.example/a?b=1&c=2#d']],
    ['(https://a.example/x_(y)), http://b.example!', ['https://a.example/x_(y)', 'http://b.example']],
    [
      'Go: HTTPS://A.Example/Path, then "https://b.example/q?"',
      ['HTTPS://A.Example/Path', 'https://b.example/q'],
    ],
    ['<https://a.example/>', ['https://a.example/']],
    ['https://a.example/x…', ['https://a.example/x']],
    [
      'https://a.example:8080/x/ and [https://b.example/]',
      ['https://a.example:8080/x/', 'https://b.example/'],
    ],
    ['見る https://a.example/x。次', ['https://a.example/x']],
    ['https://münchen.example/straße?q=ü', ['https://münchen.example/straße?q=ü']],
    ['https://a.example/ok\ufe0f!', ['https://a.example/ok']],
    ['no link: http:// https://. ftp://a.example shop.example mailto:a@b.example', []],
  ];
  for (const [body, urls] of cases) {
    it(body, () => {
      const found = findLinks(body);
      assert.deepEqual(
        found.map(({ url }) => url),
        urls,
      );
      for (const { url, start, end } of found) assert.equal(body.slice(start, end), url);
    });
  }

  it('are rewritten in order, the rest of the text untouched', () => {
    assert.equal(
      rewriteLinks('A https://a.example, B (http://b.example)!', (_, i) => `https://s.example/${i}`),
      'A https://s.example/0, B (https://s.example/1)!',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.webUrl(), fc.string()), { maxLength: 6 }), (pieces) => {
        const body = pieces.join(' ');
        assert.equal(
          rewriteLinks(body, (url) => url),
          body,
        );
      }),
    );
  });

  it('take no time to find in a hostile text', () => {
    assert.equal(findLinks(`https://a.example/${')'.repeat(2000)}`).length, 1);
  });
});

describe('UTM parameters', () => {
  const utm = { source: 'carillon', medium: 'sms', campaign: 'Fall & Co' };
  it('are added before the fragment', () => {
    assert.equal(
      addUtm('https://a.example/p#top', utm),
      'https://a.example/p?utm_source=carillon&utm_medium=sms&utm_campaign=Fall%20%26%20Co#top',
    );
    assert.equal(
      addUtm('https://a.example/?q=a%20b+c', { source: 's' }),
      'https://a.example/?q=a%20b+c&utm_source=s',
    );
    assert.equal(addUtm('https://a.example/p?', { source: 's' }), 'https://a.example/p?utm_source=s');
  });
  it('never override what is there', () => {
    assert.equal(
      addUtm('https://a.example/?utm_source=x&utm_medium=', { source: 's', medium: 'm' }),
      'https://a.example/?utm_source=x&utm_medium=',
    );
  });
  it('leave other things alone', () => {
    assert.equal(addUtm('mailto:a@b.example', utm), 'mailto:a@b.example');
    assert.equal(addUtm('not an address', utm), 'not an address');
    assert.equal(addUtm('https://a.example/', {}), 'https://a.example/');
  });
});

describe('link codes', () => {
  it('tell their lane', () => {
    for (let lane = 0; lane < 64; lane++) {
      const code = newLinkCode(lane);
      assert.match(code, /^[A-Za-z0-9_-][A-Za-z0-9]{8}$/);
      assert.equal(laneOfLinkCode(code), lane);
    }
    assert.throws(() => newLinkCode(64), RangeError);
    assert.throws(() => newLinkCode(-1), RangeError);
    for (const other of ['', 'short', 'A12345678 ', 'A1234567-', 'A123456789', '../etc/pas'])
      assert.equal(laneOfLinkCode(other), null);
  });
  it('do not repeat and favour no letter', () => {
    const codes = Array.from({ length: 20_000 }, () => newLinkCode(5));
    assert.equal(new Set(codes).size, codes.length);
    const seen = new Map<string, number>();
    for (const letter of codes.map((code) => code.slice(1)).join(''))
      seen.set(letter, (seen.get(letter) ?? 0) + 1);
    assert.equal(seen.size, 62);
    const expected = (codes.length * 8) / 62;
    for (const [letter, count] of seen) assert.ok(Math.abs(count - expected) < expected * 0.15, letter);
  });
  it('skip the bytes that would favour some letters', () => {
    let round = 0;
    const code = linkCodes((bytes) => bytes.fill(round++ === 0 ? 255 : 1))(0);
    assert.equal(code, 'ABBBBBBBB');
  });
});

describe('public shorteners', () => {
  it('are known with and without subdomain', () => {
    for (const host of publicShorteners) assert.ok(isPublicShortener(`https://${host}/x`), host);
    assert.ok(isPublicShortener('http://WWW.Bit.ly./x'));
    for (const url of [
      'https://rabbit.ly/x',
      'https://bit.ly.example/x',
      'https://shop.example/bit.ly',
      'nonsense',
    ])
      assert.ok(!isPublicShortener(url), url);
  });
});

describe('who follows a link', () => {
  const iPhone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';
  const visitors: [
    kind: 'person' | 'preview' | 'bot',
    method: string,
    userAgent: string | undefined,
    purpose?: string,
  ][] = [
    ['person', 'GET', iPhone],
    [
      'person',
      'GET',
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    ],
    [
      'person',
      'GET',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    ],
    ['person', 'GET', `${iPhone} [FBAN/FBIOS;FBAV/500.0]`],
    ['person', 'GET', `${iPhone} Snapchat/13.0`],
    ['person', 'GET', `${iPhone} Viber/22.9.0`],
    ['person', 'GET', `${iPhone} Instagram 358.0.1.32.82`],
    ['preview', 'HEAD', iPhone],
    ['preview', 'GET', iPhone, 'prefetch;prerender'],
    ['preview', 'GET', 'WhatsApp/2.25.1 A'],
    ['preview', 'GET', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
    [
      'preview',
      'GET',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
    ],
    ['preview', 'GET', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['preview', 'GET', 'TelegramBot (like TwitterBot)'],
    [
      'preview',
      'GET',
      'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    ],
    [
      'bot',
      'GET',
      'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
    ],
    [
      'bot',
      'GET',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 9_1 like Mac OS X) AppleWebKit/601.1.46 (KHTML, like Gecko) Version/9.0 Mobile/13B143 Safari/601.1 (compatible; Baiduspider-render/2.0; +http://www.baidu.com/search/spider.html)',
    ],
    [
      'bot',
      'GET',
      'Mozilla/5.0 (Linux; Android 7.0; SM-G930V Build/NRD90M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/59.0.3071.125 Mobile Safari/537.36 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)',
    ],
    [
      'bot',
      'GET',
      'Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse',
    ],
    ['preview', 'GET', `${iPhone} facebookexternalhit/1.1`],
    ['preview', 'GET', `${iPhone} LinkPreview/1.0`],
    ['bot', 'GET', 'curl/8.5.0'],
    ['bot', 'GET', 'python-requests/2.32'],
    ['bot', 'GET', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)'],
    ['bot', 'GET', undefined],
    [
      'bot',
      'POST',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    ],
  ];
  for (const [kind, method, userAgent, purpose] of visitors) {
    it(`${kind}: ${method} ${userAgent ?? 'nobody'} ${purpose ?? ''}`, () =>
      assert.equal(classifyVisitor({ method, userAgent, purpose }), kind));
  }
});

describe('what stands right behind an address', () => {
  const cases: [text: string, urls: string[]][] = [
    ['Sale https://example.com/sale🔥 now', ['https://example.com/sale']],
    ['Sale https://example.com🔥', ['https://example.com']],
    ['点击https://example.com/cn查看详情', ['https://example.com/cn']],
    ['点击https://example.com查看详情。', ['https://example.com']],
    ['（https://example.com/cn2）谢谢', ['https://example.com/cn2']],
    [
      '【https://example.com/a】、https://example.com/b。',
      ['https://example.com/a', 'https://example.com/b'],
    ],
    ['تخفيضات https://example.com/ar، اليوم', ['https://example.com/ar']],
    ['تخفيضات https://example.com/arاليوم', ['https://example.com/ar']],
    ['ดูที่https://example.com/thที่นี่', ['https://example.com/th']],
    ['देखें https://example.com/hi। धन्यवाद', ['https://example.com/hi']],
    ['«https://example.com/ru»', ['https://example.com/ru']],
    ['https://example.com/a—then', ['https://example.com/a']],
    ['„https://example.com/de“ und', ['https://example.com/de']],
    ['https://example.com/a™ https://example.com/1️⃣', ['https://example.com/a', 'https://example.com/1']],
    ['https://example.com/a|https://example.com/b', ['https://example.com/a', 'https://example.com/b']],
    ['see https://münchen.example/straße?x=ü, ok', ['https://münchen.example/straße?x=ü']],
    ['см. https://пример.рф/путь.', ['https://пример.рф/путь']],
    ['https://www.abc例え.jp/x', ['https://www.abc例え.jp/x']],
    ['https://ru.wikipedia.org/wiki/Москва — город', ['https://ru.wikipedia.org/wiki/Москва']],
    ['https://example.com/%E6%9F%A5?a=%20b#c(d)', ['https://example.com/%E6%9F%A5?a=%20b#c(d)']],
    ['(https://example.com/wiki/A_(b))', ['https://example.com/wiki/A_(b)']],
  ];
  for (const [text, urls] of cases)
    it(text, () =>
      assert.deepEqual(
        findLinks(text).map(({ url }) => url),
        urls,
      ),
    );

  it('is kept, whatever it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'https://example.com/a',
        'http://b.example',
        ' ',
        '。',
        '🔥',
        '查看',
        '،',
        ')',
        '(',
        '.',
        'é',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const taken: string[] = [];
        const without = rewriteLinks(text, (url) => {
          taken.push(url);
          return '\u0000';
        });
        assert.equal(
          without
            .split('\u0000')
            .flatMap((part, i) => [part, taken[i] ?? ''])
            .join(''),
          text,
        );
      }),
    );
  });
});

it('what fills a part of an address is made a part of it', () => {
  assert.equal(fillAddress(' New York '), 'New%20York');
  assert.equal(fillAddress('a/b?c=d&e=%20'), 'a/b?c=d&e=%20');
  assert.equal(fillAddress('Zürich 100%'), 'Z%C3%BCrich%20100%25');
});
