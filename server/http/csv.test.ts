import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { csvText } from './csv.ts';

test('CSV keeps commas, quotes and line ends of every kind', () => {
  assert.equal(
    csvText([['a,b', 'say "hi"', 'x\ny', 'x\ry', null, 3, true, { a: 1 }]]),
    '"a,b","say ""hi""","x\ny","x\ry",,3,true,"{""a"":1}"\r\n',
  );
});

test('no cell runs as a formula, and telephone numbers stay as they are written', () => {
  assert.equal(
    csvText([['=1+1', '+14155550100', '+1 (415) 555-0100', '-5', '@x', '-cmd', '+1+cmd()']], ';'),
    "'=1+1;+14155550100;+1 (415) 555-0100;-5;'@x;'-cmd;'+1+cmd()\r\n",
  );
});
