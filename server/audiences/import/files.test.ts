import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainCell } from './file/cell.ts';
import { codePageOf } from './file/encoding.ts';
import { openTable } from './file/table.ts';

const encoder = new TextEncoder();

/** A file in parts of so many bytes. */
async function read(content: string | Uint8Array, part = 7) {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  const table = await openTable(async function* () {
    for (let at = 0; at < bytes.length; at += Math.max(part, 1)) yield bytes.subarray(at, at + part);
  });
  const rows: { number: number; cells: string[]; strayQuote: boolean }[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { ...table, rows };
}

test('a file is read as the spreadsheet that wrote it shows it', async () => {
  const cases: { name: string; file: string; headers: string[]; rows: [number, ...string[]][] }[] = [
    {
      name: 'Excel names its delimiter',
      file: 'sep=;\r\nuserId;phone\r\ns1;415\r\n',
      headers: ['userId', 'phone'],
      rows: [[2, 's1', '415']],
    },
    {
      name: 'the named delimiter is odd',
      file: 'sep=^\nemail^city\na@b.co^Rome',
      headers: ['email', 'city'],
      rows: [[2, 'a@b.co', 'Rome']],
    },
    {
      name: 'empty lines stand above',
      file: '\n\n,,\nemail,city\na@b.co,Rome\n',
      headers: ['email', 'city'],
      rows: [[5, 'a@b.co', 'Rome']],
    },
    {
      name: 'a title stands above',
      file: 'Customers of October,,\nexported 2026-11-01\n\nName,Email,Phone\nAnn,a@b.co,415\n',
      headers: ['Name', 'Email', 'Phone'],
      rows: [[5, 'Ann', 'a@b.co', '415']],
    },
    {
      name: 'two cells of title',
      file: 'Report:;Contacts;;\nE-Mail;Vorname;Handy;PLZ\na@b.co;Jo;0151;01067\n',
      headers: ['E-Mail', 'Vorname', 'Handy', 'PLZ'],
      rows: [[3, 'a@b.co', 'Jo', '0151', '01067']],
    },
    {
      name: 'lines end as on an old Mac',
      file: 'email,city\ra@b.co,Rome\rc@d.co,Oslo',
      headers: ['email', 'city'],
      rows: [
        [2, 'a@b.co', 'Rome'],
        [3, 'c@d.co', 'Oslo'],
      ],
    },
    {
      name: 'each line ends with a delimiter',
      file: 'email,city,\na@b.co,Rome,\n',
      headers: ['email', 'city', ''],
      rows: [[2, 'a@b.co', 'Rome', '']],
    },
    {
      name: 'two columns have one name',
      file: 'Email,Email,x\na@b.co,c@d.co,1\n',
      headers: ['Email', 'Email (2)', 'x'],
      rows: [[2, 'a@b.co', 'c@d.co', '1']],
    },
    {
      name: 'a decimal comma beside semicolons',
      file: 'email;spent\na@b.co;1,50\nc@d.co;2,50\n',
      headers: ['email', 'spent'],
      rows: [
        [2, 'a@b.co', '1,50'],
        [3, 'c@d.co', '2,50'],
      ],
    },
    {
      name: 'one column',
      file: 'email\na@b.co\n\nc@d.co\n',
      headers: ['email'],
      rows: [
        [2, 'a@b.co'],
        [4, 'c@d.co'],
      ],
    },
    {
      name: 'quoted cells hold lines, delimiters and quotes',
      file: 'email,note\na@b.co,"one\ntwo, ""three"""\nc@d.co,x\n',
      headers: ['email', 'note'],
      rows: [
        [2, 'a@b.co', 'one\ntwo, "three"'],
        [3, 'c@d.co', 'x'],
      ],
    },
    {
      name: 'text marked by apostrophe and formula',
      file: 'Zip,phone,name\n\'94103,"=""+1415""",\'t Hooft\n',
      headers: ['Zip', 'phone', 'name'],
      rows: [[2, '94103', '+1415', "'t Hooft"]],
    },
  ];
  for (const { name, file, headers, rows } of cases)
    for (const part of [3, 1000]) {
      const table = await read(file, part);
      assert.deepEqual(table.headers, headers, name);
      assert.deepEqual(
        table.rows.map(({ number, cells }) => [number, ...cells]),
        rows,
        name,
      );
    }
});

test('a quotation mark that is never closed costs its row at most', async () => {
  const strays = [
    'b@b.co,"Paris,1',
    'b@b.co,Par"is,1',
    'b@b.co,"Paris" x,1',
    'b@b.co,5\' 11",1',
    '"b@b.co,Paris,1',
    'b@b.co,Paris,"1',
  ];
  const after = ['c@b.co,"Rome, Italy",2', 'd@b.co,"5"" pipe",3', 'e@b.co,Oslo,4'];
  for (const stray of strays)
    for (const part of [5, 1000]) {
      const { rows } = await read(['email,city,n', 'a@b.co,Bonn,0', stray, ...after].join('\n'), part);
      assert.equal(rows.length, 5, stray);
      assert.deepEqual(
        rows.filter(({ number }) => number > 3).map(({ cells }) => cells),
        [
          ['c@b.co', 'Rome, Italy', '2'],
          ['d@b.co', '5" pipe', '3'],
          ['e@b.co', 'Oslo', '4'],
        ],
        stray,
      );
    }
  const last = await read('email,city\na@b.co,"Bonn\n', 4);
  assert.deepEqual(last.rows, [{ number: 2, cells: ['a@b.co', 'Bonn'], strayQuote: true }]);
});

test('old code pages are told by where their letters lie', async () => {
  const pages: [label: string, bytes: number[], text: string][] = [
    ['windows-1252', [0x4a, 0xfc, 0x72, 0x67, 0x65, 0x6e], 'Jürgen'],
    ['windows-1251', [0xc8, 0xe2, 0xe0, 0xed, 0x20, 0xcf, 0xe5, 0xf2, 0xf0, 0xee, 0xe2], 'Иван Петров'],
    [
      'shift_jis',
      [0x8e, 0x52, 0x93, 0x63, 0x20, 0x91, 0xbe, 0x98, 0x59, 0x82, 0xb3, 0x82, 0xf1],
      '山田 太郎さん',
    ],
    ['windows-1250', [0x57, 0xb3, 0x61, 0x64, 0x79, 0x73, 0xb3, 0x61, 0x77], 'Władysław'],
  ];
  for (const [label, bytes, text] of pages) {
    const name = Uint8Array.from(bytes);
    assert.equal(codePageOf(name), label);
    const { rows, encoding } = await read(
      Uint8Array.from([...encoder.encode('email,name\na@b.co,'), ...bytes]),
      4096,
    );
    assert.deepEqual([encoding, rows[0]?.cells[1]], [label, text]);
  }
  for (const label of ['utf16le', 'utf8'] as const) {
    const { rows } = await read(Buffer.from('\ufeffemail;name\na@b.co;Żółć\n', label), 4096);
    assert.deepEqual(rows[0]?.cells, ['a@b.co', 'Żółć']);
  }
});

test('marks that spreadsheets and exports put around a cell are not part of it', () => {
  for (const [cell, plain] of [
    ["'+14155550141", '+14155550141'],
    ['="00501"', '00501'],
    ['\u200e+1 415 555 0141\u200e', '+1 415 555 0141'],
    ["'=cmd", '=cmd'],
    ["'t", "'t"],
    ['\u00a0x\u00a0', 'x'],
  ])
    assert.equal(plainCell(cell!), plain);
});
