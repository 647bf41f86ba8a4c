import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { consentRoutes } from '../../consent/routes.ts';
import { startTestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { audienceRoutes } from '../routes.ts';
import { largestWorkbook, readSheets, sheetAsCsv } from './file/workbook.ts';
import { runImport } from './run-import.ts';

/** An archive of these parts, as zip programs write one. */
function zip(parts: Record<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), head, where, Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\x05\x06'), end]);
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';

function workbook(sheet: string): Buffer {
  const xml = (text: string) => Buffer.from(`<?xml version="1.0"?>${text}`);
  return zip({
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': xml(
      `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': xml(`<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`),
  });
}

test('a workbook’s numbers are written out, its dates are days, and its rows keep their numbers', async () => {
  const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const book = workbook(
    `<row r="1">${text('A1', 'phone')}${text('B1', 'opt in date')}${text('C1', 'ok')}</row>` +
      '<row r="3"><c r="A3"><v>14155550141</v></c><c r="B3" s="1"><v>45750</v></c><c r="C3" t="b"><v>1</v></c></row>',
  );
  const [sheet] = await readSheets(book);
  assert.equal(sheet?.name, 'People');
  const rows = sheetAsCsv(sheet!).split('\n');
  assert.deepEqual([rows[0], rows[2]], ['phone,opt in date,ok', '14155550141,2025-04-03,TRUE']);
});

test('a workbook that is sent is taken as its sheet shows it, and its report names its rows', async () => {
  const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const book = workbook(
    `<row r="1">${text('A1', 'Email')}${text('B1', 'Phone')}${text('C1', 'SMS opt in')}${text('D1', 'opt in date')}</row>` +
      `<row r="2">${text('A2', 'ada@example.com')}<c r="B2"><v>14155550141</v></c>${text('C2', 'yes')}<c r="D2" s="1"><v>45750</v></c></row>` +
      `<row r="4">${text('A4', 'broken')}${text('C4', 'yes')}</row>`,
  );
  const server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  try {
    const type = await server.database.db
      .selectFrom('message_type')
      .innerJoin('channel', 'channel.id', 'channel_id')
      .select('message_type.id')
      .where('channel.name', '=', 'SMS Marketing')
      .executeTakeFirstOrThrow();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(book)]), 'people.xlsx');
    const consent = { source: 'Till', method: 'paper', messageTypeIds: [type.id] };
    form.set('options', JSON.stringify({ consent }));
    const headers = { 'Api-Key': server.key };
    const sent = await fetch(`${server.url}/api/import`, { method: 'POST', headers, body: form });
    const { importId } = (await sent.json()) as { importId: number };
    assert.equal(sent.status, 202);
    await runImport(server.context, importId);
    const { body } = await server.call('GET', `/api/import/${importId}`);
    const { state, rowsTaken, rowsRefused } = body as Record<string, unknown>;
    assert.deepEqual([state, rowsTaken, rowsRefused], ['done', 1, 1]);
    const { text: report } = await server.call('GET', `/api/import/${importId}/report.csv`);
    assert.match(report, /\r\nbroken,,yes,,4,refused,/);
    const { text: proof } = await server.call('GET', '/api/consent/proof?email=ada@example.com');
    assert.match(proof, /"status":"subscribed"/);
    assert.match(proof, /2025-04-03T00:00:00.000Z/);
    assert.match(proof, /people\.xlsx, row 2\)/);
  } finally {
    await server.close();
  }
});

test('an archive that is no workbook, and one that unfolds without measure, are refused', async () => {
  await assert.rejects(readSheets(zip({ 'notes.txt': Buffer.from('x') })), /no Excel workbook/);
  const bomb = zip({ 'xl/workbook.xml': Buffer.alloc(401 * 1024 ** 2) });
  assert.ok(bomb.length < largestWorkbook);
  await assert.rejects(readSheets(bomb), /unfolds to more than/);
});
