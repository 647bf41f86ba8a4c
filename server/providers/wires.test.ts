import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopbackAllowed } from '../testing/outbound.ts';
import { builtInWires } from './built-in.ts';
import { retryAfterMs } from './exchange.ts';
import { metaErrors } from './meta/error-codes.ts';
import { meta } from './meta/meta.ts';
import { smtpErrors } from './smtp/error-codes.ts';
import { smtp } from './smtp/smtp.ts';
import { twilioErrors } from './twilio/error-codes.ts';
import { twilio } from './twilio/twilio.ts';
import { meaningOf, openProviders } from './wires.ts';

test('each medium has a wire, and each wire is known by its own name', async () => {
  const { known, wires, close } = openProviders(loopbackAllowed, builtInWires);
  for (const medium of ['sms', 'whatsApp', 'email'] as const)
    assert.ok(known.all.some((wire) => wire.media.includes(medium)));
  for (const { name } of known.all) assert.equal(known.named(name)?.name, name);
  for (const [name, wire] of Object.entries(wires)) assert.equal(wire.name, name);
  await close();
});

test('a code is explained by the table of its own provider', () => {
  assert.partialDeepStrictEqual(meaningOf(twilio, '30003'), {
    errorClass: 'later',
    meaning: 'handset unreachable',
    maxRetries: 2,
  });
  assert.equal(meaningOf(meta, '131026').errorClass, 'badAddress');
  assert.equal(meaningOf(meta, '215').errorClass, 'account');
  assert.equal(meaningOf(meta, '133004').errorClass, 'transient');
  assert.equal(meaningOf(smtp, '5.1.1').errorClass, 'badAddress');
  assert.deepEqual(meaningOf(twilio, '12345'), { errorClass: 'permanent', meaning: '' });
  assert.equal(meaningOf(twilio, undefined).errorClass, 'permanent');
});

test('no table names a code twice, and every row says what it means', () => {
  for (const table of [twilioErrors, metaErrors]) {
    const codes = table.rows.map((row) => row.code + (row.through === undefined ? '' : `-${row.through}`));
    assert.equal(new Set(codes).size, codes.length);
    assert.ok(table.rows.every((row) => row.meaning !== ''));
  }
  const rows = smtpErrors.map((row) => `${row.code} ${row.stage ?? ''}`);
  assert.equal(new Set(rows).size, rows.length);
});

test('Retry-After is read in seconds and as a date', () => {
  assert.equal(retryAfterMs('3', undefined), 3000);
  assert.equal(retryAfterMs('0.5', undefined), 500);
  assert.equal(retryAfterMs('99999999999', undefined), 7 * 86_400_000);
  assert.equal(retryAfterMs('Mon, 02 Mar 2026 10:00:30 GMT', 'Mon, 02 Mar 2026 10:00:00 GMT'), 30_000);
  assert.equal(retryAfterMs('soon', 'Mon, 02 Mar 2026 10:00:00 GMT'), undefined);
  assert.equal(retryAfterMs(undefined, undefined), undefined);
});
