import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { type ConsoleTab, openConsole } from '../testing/console-tab.ts';
import { assertPageRules } from '../testing/page-rules.ts';
import { type Handsets, handsets, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

/** A picture in one colour, as PNG. */
function picture(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.concat(Array(width).fill(Buffer.from(colour)))]);
  const rows = deflateSync(Buffer.concat(Array(height).fill(row)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...[chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))],
  ]);
}

const files: Readonly<Record<string, Buffer>> = {
  '/cup.png': picture(320, 200, [196, 120, 60]),
  '/note.ogg': Buffer.concat([Buffer.from('OggS'), Buffer.alloc(4_000, 3)]),
  '/invoice.pdf': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(230_000, 32)]),
  '/film.mp4': Buffer.alloc(16 * 1024 * 1024 + 1),
};
/** Where people's files lie, as far as the carriers are concerned. */
const shelf = createServer((request, response) => {
  const content = files[request.url ?? ''];
  response.writeHead(content ? 200 : 404).end(content ?? '');
});

let program: TestProgram;
let phones: Handsets;
let ann: ConsoleTab;
let at = '';
before(async () => {
  await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve));
  const address = shelf.address();
  at = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  program = await startTestProgram(new Date().toISOString());
  phones = handsets(program);
  ann = await openConsole(program, 'Ann');
});
after(async () => {
  await ann?.browser.close();
  await program?.close();
  shelf.close();
});

test('what people send is seen in the thread, heard, or saved, and what could not be fetched says so', async () => {
  const phone = '+14155557101';
  await program.call('POST', '/api/users/update', {
    userId: 'ada',
    dataFields: { firstName: 'Ada', lastName: 'Byron', phoneNumber: phone },
  });
  const sends = (body: string, file: string, more: object = {}) =>
    phones.writes(phone, ours.whatsApp, body, { media: [`${at}${file}`], ...more });
  await sends('My cup came broken', '/cup.png');
  await sends('', '/note.ogg', { as: 'voice' });
  await sends('The invoice', '/invoice.pdf');
  await sends('', '/film.mp4');
  await ann.page.goto(`${program.url}/inbox`);
  await ann.page.getByRole('link', { name: /Ada Byron/ }).click();
  const image = ann.page.getByRole('img', { name: 'What they sent' });
  await image.waitFor();
  await ann.page.waitForFunction(
    () => document.querySelector<HTMLImageElement>('.said-picture')?.naturalWidth === 320,
  );
  await ann.page.getByText('Voice message', { exact: true }).waitFor();
  const link = ann.page.getByRole('link', { name: 'invoice.pdf' });
  await link.waitFor();
  await ann.page.getByText('230 KB').waitFor();
  await ann.page.getByText(/larger than 16 MB/).waitFor();
  const [saved] = await Promise.all([ann.page.waitForEvent('download'), link.click()]);
  assert.equal(saved.suggestedFilename(), 'invoice.pdf');
  ann.watched.complaints.length = 0;
  await assertPageRules(ann.watched, 'inbox-files');
});

test('an agent sends a picture with words, and is told before of a file that does not go', async () => {
  const phone = '+14155557101';
  const { page, tab } = ann;
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  await choose('leaflet.svg', 'image/svg+xml', Buffer.from('<svg/>'));
  await page.getByText('This channel takes no such file').waitFor();
  await choose('new cup.png', 'image/png', picture(320, 200, [60, 120, 196]));
  await page.getByText('new cup.png ·').waitFor();
  await tab.field('Your answer').fill('Here is your new one');
  await assertPageRules(ann.watched, 'inbox-attach');
  await tab.button('Send').click();
  const sent = await phones.hearsOf(phone, /^Here is your new one$/);
  assert.equal(sent.media.length, 1);
  const image = page.getByRole('img', { name: 'new_cup.png' });
  await image.waitFor();
  assert.equal(await page.getByRole('button', { name: 'Leave the file out' }).count(), 0);
  await choose('alone.png', 'image/png', picture(80, 80, [60, 160, 90]));
  await page.getByText('alone.png ·').waitFor();
  await tab.button('Send').click();
  await page.getByRole('img', { name: 'alone.png' }).waitFor();
  await assertPageRules(ann.watched, 'inbox-sent-file');
});
