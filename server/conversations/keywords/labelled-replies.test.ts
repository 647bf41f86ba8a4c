import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgedReplies, repliesDocument, repliesDocumentPath } from './print-replies.ts';

const replies = judgedReplies();
const told = (wrong: typeof replies) =>
  wrong.map(({ language, text, label, read }) => `${language} ${label} → ${read}: ${text}`).join('\n');

test('every plain refusal of the labelled replies opts out, in every language', () => {
  const missed = replies.filter(({ label, read }) => label === 'optOut' && read !== 'optOut');
  assert.equal(missed.length, 0, told(missed));
  assert.ok(replies.length >= 600 && new Set(replies.map(({ language }) => language)).size >= 20);
});

test('nobody is opted out by a friendly reply, a reaction or an unclear one', () => {
  const wronged = replies.filter(({ label, read }) => label !== 'optOut' && read === 'optOut');
  assert.equal(wronged.length, 0, told(wronged));
});

test('a reaction is never read as a wish, and nothing but a keyword opts in', () => {
  const misread = replies.filter(({ label, read }) => label === 'reaction' && read !== 'reaction');
  const optedIn = replies.filter(({ label, read }) => label !== 'optIn' && read === 'optIn');
  assert.equal(misread.length + optedIn.length, 0, told([...misread, ...optedIn]));
});

test('docs/reference/replies.md is in line; print it anew with node server/conversations/keywords/print-replies.ts', () => {
  assert.equal(readFileSync(repliesDocumentPath, 'utf8'), repliesDocument());
});
