import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertProject } from '../../consent/new-project.ts';
import { insertKey, newKey } from '../../projects/api-key.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { templateRoutes } from '../templates/template-routes.ts';
import { mediaFileRoutes, mediaRoutes } from './media-routes.ts';

interface Kept {
  id: number;
  name: string;
  contentType: string;
  bytes: number;
  url: string;
  warnings: string[];
}

let api: TestApi;
before(async () => {
  const sendTest = async () => ({ messageId: '' });
  api = await startTestApi([mediaRoutes, templateRoutes(sendTest)], [mediaFileRoutes]);
});
after(() => api.close());

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const vcard = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Acme\r\nEND:VCARD\r\n');

async function upload(name: string, content: Buffer): Promise<{ status: number; text: string; kept: Kept }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(content)]), name);
  const answer = await fetch(`${api.url}/api/media`, {
    method: 'POST',
    headers: { 'Api-Key': api.key },
    body: form,
  });
  const text = await answer.text();
  return { status: answer.status, text, kept: JSON.parse(text) as Kept };
}

/** What a provider gets at a public address, which in tests stands on another host. */
const fetched = (url: string, method = 'GET') => fetch(api.url + new URL(url).pathname, { method });

const template = (fields: object) =>
  api.call('POST', '/api/templates/sms/upsert', {
    clientTemplateId: 'mms',
    message: 'Acme: look',
    ...fields,
  });

test('a file is kept and served to providers by its own type, under a short name', async () => {
  const { status, kept } = await upload('Spring Offer — our best ones (2).JPEG', png);
  assert.equal(status, 200);
  assert.equal(kept.contentType, 'image/png');
  assert.deepEqual(kept.warnings, []);
  assert.match(kept.url, /^https:\/\/go\.example\/m\/[\w-]{22}\/[a-z0-9_]{1,16}\.png$/);
  const answer = await fetched(kept.url);
  assert.equal(answer.headers.get('content-type'), 'image/png');
  assert.match(answer.headers.get('content-disposition') ?? '', /^inline; filename="[a-z0-9_]{1,16}\.png"$/);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png);
  const head = await fetched(kept.url, 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String(png.byteLength));
  assert.equal((await upload('card.txt', vcard)).kept.contentType, 'text/vcard');
  assert.equal((await fetched('https://go.example/m/AAAAAAAAAAAAAAAAAAAAAA/x.png')).status, 404);
});

test('what cannot be sent is refused, whatever its name says', async () => {
  const page = await upload('cat.png', Buffer.from('<script>alert(1)</script>'));
  assert.equal(page.status, 400);
  assert.match(page.text, /cat\.png.*is none of/);
  assert.equal((await upload('empty.png', Buffer.alloc(0))).status, 400);
  const huge = await upload('huge.png', Buffer.concat([png, Buffer.alloc(16 * 1024 * 1024)]));
  assert.equal(huge.status, 413);
  assert.equal((await api.call('POST', '/api/media', { file: 'x' })).status, 400);
});

const iso = (...brands: string[]) => {
  const [major = '', ...compatible] = brands;
  const box = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.alloc(64)]);
};

test('a file is known by its content: what phones and carriers do not take is refused with the remedy', async () => {
  for (const [name, content, told] of [
    ['film.mp4', iso('heic', 'heic', 'mp41'), /HEIC picture.*JPEG/],
    ['film.mp4', iso('mp42', 'mif1', 'heic'), /HEIC picture/],
    ['film.mp4', iso('msf1', 'hevc'), /HEIC picture/],
    ['film.mp4', iso('avif', 'mif1', 'miaf'), /AVIF picture/],
    ['film.mp4', iso('qt  ', 'qt  '), /QuickTime.*MP4/],
    ['film.mp4', iso('M4A ', 'isom', 'mp42'), /M4A.*MP3/],
    ['film.mp4', iso('abcd', 'wxyz'), /none of image\/jpeg/],
    ['cat.jpg', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), /WebP picture.*PNG/],
    ['a.jpg', Buffer.from(`BM${'\0'.repeat(20)}`, 'latin1'), /BMP/],
    ['a.pdf', Buffer.from('504b030414000000', 'hex'), /Office document.*PDF/],
    ['a.png', Buffer.from('<?xml version="1.0"?><svg/>'), /SVG/],
  ] as const) {
    const refused = await upload(name, content);
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.text, told);
  }
  for (const [content, type] of [
    [iso('isom', 'iso2', 'avc1', 'mp41'), 'video/mp4'],
    [iso('mp42', 'isom'), 'video/mp4'],
    [iso('3gp4', '3gp4', 'isom'), 'video/3gpp'],
  ] as const)
    assert.equal((await upload('x', content)).kept.contentType, type);
});

test('a WhatsApp header takes what WhatsApp takes in it', async () => {
  const gif = (await upload('a.gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'))).kept;
  const film = (await upload('a.mp4', iso('isom'))).kept;
  const header = (kind: string, url: string) =>
    api.call('POST', '/api/templates/whatsApp/upsert', {
      ...{ clientTemplateId: 'head', body: 'Look at this.', header: { kind, url } },
    });
  const refused = await header('image', gif.url);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /header\.url.*image\/gif; WhatsApp takes image\/jpeg or image\/png.*MP4/);
  assert.match((await header('document', film.url)).text, /save it as PDF/);
  const large = (await upload('l.png', Buffer.concat([png, Buffer.alloc(5_300_000)]))).kept;
  assert.match((await header('image', large.url)).text, /make it smaller/);
  assert.equal((await header('video', film.url)).status, 200);
});

test('a template takes files up to what an MMS takes, and is warned before that', async () => {
  const big = (await upload('big.png', Buffer.concat([png, Buffer.alloc(700_000)]))).kept;
  assert.match(big.warnings[0] ?? '', /600000/);
  const warned = await template({ imageUrl: big.url });
  assert.match(warned.text, /carriers shrink or drop an MMS/);
  const film = (await upload('film.png', Buffer.concat([png, Buffer.alloc(4_500_000)]))).kept;
  const refused = await template({ mediaUrls: [big.url, film.url] });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /mediaUrls have 5200032 bytes together/);
  const wrong = await template({ imageUrl: 'cat.png' });
  assert.match(wrong.text, /"field":"imageUrl"/);
});

test('a file that a template holds is not deleted; one project sees nothing of another’s', async () => {
  const { kept } = await upload('held.png', png);
  await template({ imageUrl: kept.url });
  const refused = await api.call('DELETE', `/api/media/${kept.id}`);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /\(mms\)/);
  const at = api.clock.now();
  const other = await insertProject(api.database.db, { name: 'Other', brand: 'Other', at });
  const key = newKey();
  await insertKey(api.database.db, { projectId: other, name: 'other', kind: 'server', key, at });
  assert.deepEqual((await api.call('GET', '/api/media', undefined, key)).body, { media: [] });
  assert.equal((await api.call('DELETE', `/api/media/${kept.id}`, undefined, key)).status, 404);
  await template({ imageUrl: '' });
  assert.equal((await api.call('DELETE', `/api/media/${kept.id}`)).status, 200);
  assert.equal((await fetched(kept.url)).status, 404);
});
