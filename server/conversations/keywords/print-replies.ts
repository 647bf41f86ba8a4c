import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { classifyReply } from './classify-reply.ts';
import type { ReplyMeaning } from './reply-meaning.ts';

/** What a labelled reply should be read as. */
export type ReplyLabel = 'optOut' | 'optIn' | 'help' | 'unclear' | 'friendly' | 'reaction';

/** A reply as people write them, with what it is and what it is read as. */
export interface JudgedReply {
  language: string;
  text: string;
  label: ReplyLabel;
  read: ReplyMeaning['meaning'];
  /** Of the first file, which half by its hash; the others were written when the rules stood. */
  part:
    | 'one half'
    | 'other half'
    | 'later'
    | 'second'
    | 'third'
    | 'fourth'
    | 'fifth'
    | 'sixth'
    | 'look-alikes';
}

/** Our name in the labelled replies. */
const brandOfReplies = 'Harbor';

/** Where the document stands. */
export const repliesDocumentPath = new URL('../../../docs/reference/replies.md', import.meta.url);

/** Every labelled reply, read anew. */
export function judgedReplies(): JudgedReply[] {
  return [
    ...judged('labelled-replies.tsv'),
    ...judged('labelled-replies-later.tsv', 'later'),
    ...judged('labelled-replies-second.tsv', 'second'),
    ...judged('labelled-replies-third.tsv', 'third'),
    ...judged('labelled-replies-fourth.tsv', 'fourth'),
    ...judged('labelled-replies-fifth.tsv', 'fifth'),
    ...judged('labelled-replies-sixth.tsv', 'sixth'),
    ...judged('labelled-replies-look-alikes.tsv', 'look-alikes'),
  ];
}

function judged(file: string, part?: JudgedReply['part']): JudgedReply[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [language = '', written = '', label] = line.split('\t');
    const text = written.replaceAll('\\n', '\n');
    const [byte = 0] = createHash('sha256').update(text).digest();
    const half = byte % 2 === 0 ? 'one half' : 'other half';
    const read = classifyReply(text, language, [], brandOfReplies).meaning;
    return { language, text, label: label as ReplyLabel, read, part: part ?? half };
  });
}

/** Whether a reply is read as what it is. */
const isRight = ({ label, read }: JudgedReply): boolean => read === meaningOfLabel[label];

const meaningOfLabel: Readonly<Record<ReplyLabel, ReplyMeaning['meaning']>> = {
  ...{ optOut: 'optOut', optIn: 'optIn', help: 'help', reaction: 'reaction' },
  ...{ unclear: 'unclearOptOut', friendly: 'none' },
};

/** The text of docs/reference/replies.md. */
export function repliesDocument(): string {
  const replies = judgedReplies();
  const wrong = replies.filter((each) => !isRight(each));
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const languages = [...Map.groupBy(replies, (each) => each.language)]
    .map(([language, ofIt]) => [names.of(language) ?? language, ofIt] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = [...Map.groupBy(replies, (each) => each.part)].sort(([one], [other]) =>
    one > other ? -1 : 1,
  );
  return `${preface}
## By language

${table('Language', languages)}
## By part

Each part by itself, so that rules that fit one only would show. The first file is split by a hash of its texts; the second
(later) was written when the rules stood: at its first reading 144 of its 175 refusals were obeyed, 18 more paused, 13 missed, and nobody was
opted out who did not refuse. So were the second, in 45 languages (418 of 467 obeyed, 14 paused, 35 missed, one of 263 friendly replies opted
out: "thanks for not spamming me"), and, after what that showed was mended, the third (295 of 345 obeyed, 23 paused, 27 missed, none of 163
friendly ones opted out); of 70 more refusals, added to the third when that was mended, 61 were obeyed, 4 paused, 5 missed. The fourth, in
32 languages: 292 of 448 obeyed, 73 paused, 83 missed, none of 320 friendly ones opted out, 18 paused. After the words of every language had
been filled up for it, the fifth, in 10 languages: 171 of 200 obeyed, 16 paused, 13 missed, none of 100 friendly ones opted out, 4 paused; after that was mended,
the sixth, in 22 others: 108 of 125 obeyed, 9 paused, 8 missed, none of 16 friendly ones opted out. The
look-alikes are friendly replies made of refusing words ("do not remove me", "I have deleted the message"): at their first reading
12 of 149 were opted out. What all showed went into the words of the languages, so that none proves any more what a stranger's reply would be read as: expect some six of
seven plain refusals to be obeyed at once, half of the rest to pause.

${table('Part', parts)}
## Read otherwise than labelled

${wrong.map(({ language, text, label, read }) => `- ${language}: “${text.replaceAll('\n', ' ⏎ ')}” is ${label}, read as ${read}`).join('\n')}
`;
}

function table(first: string, groups: readonly (readonly [string, readonly JudgedReply[]])[]): string {
  const lines = [
    [...[first, 'Replies', 'Refusals', 'Recall', 'Precision'], 'Paused without need'],
    ['---', '---:', '---:', '---:', '---:', '---:'],
  ];
  for (const [name, replies] of [...groups, ['all', groups.flatMap(([, each]) => each)] as const]) {
    const refusals = replies.filter(({ label }) => label === 'optOut');
    const obeyed = replies.filter(({ read }) => read === 'optOut');
    const both = refusals.filter(({ read }) => read === 'optOut').length;
    const harmless = replies.filter(({ label }) => label === 'friendly' || label === 'reaction');
    const paused = harmless.filter(({ read }) => read === 'unclearOptOut').length;
    const share = (part: number, of: number) => (of === 0 ? '–' : (part / of).toFixed(3));
    lines.push([
      ...[name, String(replies.length), String(refusals.length)],
      ...[share(both, refusals.length), share(both, obeyed.length), `${paused} of ${harmless.length}`],
    ]);
  }
  return `${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`;
}

const preface = `# How replies are read

Generated by \`node server/conversations/keywords/print-replies.ts\` from the labelled replies in
\`server/conversations/keywords/labelled-replies*.tsv\`; change those and the words, not this page. What
each kind of reply leads to stands in [Consent and keywords](consent.md).

A reply is read as one of:

- **optOut**: a keyword alone (case, accents, width, punctuation, emoji and lookalike letters folded), STOP joined to what is to stop
  (STOPALL, STOP2QUIT, STOP PUB), a slip of a keyword that only the wish explains (SOTP, ABMELDNE), a keyword among manners, words that
  add nothing and our own name ("just stop it now", "STOP Harbor"), a stop sign alone, or a clause made of nothing but refusing words
  and manners in one language, English ones among them, in its own letters or in Latin ones. Its reason ("I never signed up", "your messages annoy") or a
  threat may stand in it or beside it, and nothing else; a "not" at what ends ("do not stop") makes it none. It is obeyed at once.
- **unclearOptOut**: refusing words among others where a core stands together (ending or "not" with messages or with writing, removing with
  a number or a list, a word for unsubscribing), "too many messages", a likely slip (ATOP), signs that
  forbid (🚫); and whoever says that the number is another's or that its owner has died. Promotional messages pause until somebody decides.
- **optIn**, **help**: a keyword alone.
- **reaction**: what phones make of a tapback or an emoji on a message of ours ("Liked “…”", "👍 to “…”"), in the languages of iOS and Google
  Messages. Outside the quotation only words of reactions may stand; what a person adds is read as theirs, and so is a bare STOP in quotation marks,
  as unclear. A reaction is no wish and is not answered.
- **none**: all else. Lines that quote ("> …"), texts of ours that come back, and the name a text is signed with are left out before reading.

| file | holds |
| --- | --- |
| \`keyword-table.ts\` | words that are a whole message, with their sources |
| \`refusals/\` | the words of each language that refusals are made of, and the rule that reads them |
| \`phrase-table.ts\` | English turns of phrase, signs of a weak wish, uses of "stop" that ask for nothing |
| \`wrong-number.ts\` | "wrong number", "passed away" in each language |
| \`reaction.ts\`, \`reaction-words.ts\` | reactions |
| \`misspelt.ts\` | slips of STOP and UNSUBSCRIBE, and of long words |
| \`country-languages.ts\` | what people of each country speak: whose short words (T, TC, R) count |

Recall: the share of plain refusals that opt out. Precision: the share of those opted out who refused plainly. A test fails while a plain refusal
of the files is not obeyed, while anybody is opted out who did not ask for it, or while this page is not in line.
`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(repliesDocumentPath, repliesDocument());
