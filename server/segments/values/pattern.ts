import { refuse } from '../leaf-kind.ts';

/** Characters of a pattern, and of what it comes to with its repetitions written out. */
const longest = 200;
const mostStates = 500;

/**
 * A pattern as marketers write it, as PostgreSQL reads it. Known are characters, `.`, classes as `[a-z]`, `\d`, `\w`, `\s`, groups,
 * `|`, `*`, `+`, `?`, `{2,5}`, `^` and `$`: what an automaton finds in one pass over a text. Nothing refers back or looks ahead, and
 * repetitions are bounded, so that no pattern and no text can keep the database busy. `.` is any character, `\d` 0 to 9, `\w` a letter
 * of ASCII, a digit or _, `\s` a blank of ASCII.
 * @throws ApiError for what is not known, with the place of the sign.
 */
export function readPattern(source: string, ignoringCase: boolean, place: string): string {
  const fault = (what: string) => refuse(place, what);
  if (source.length > longest) throw fault(`is longer than ${longest} characters`);
  const signs = [...source];
  let at = 0;
  const { sql, states } = alternatives(0);
  if (at < signs.length) throw fault(`has a ) that nothing opens, at ${at + 1}`);
  if (states > mostStates)
    throw fault(`comes to more than ${mostStates} characters with its repetitions written out; repeat less`);
  return sql;

  function alternatives(depth: number): Piece {
    let found = sequence(depth);
    while (signs[at] === '|') {
      at++;
      const next = sequence(depth);
      found = { sql: `${found.sql}|${next.sql}`, states: found.states + next.states };
    }
    return found;
  }

  function sequence(depth: number): Piece {
    const pieces: Piece[] = [];
    while (at < signs.length && signs[at] !== '|' && signs[at] !== ')') pieces.push(repeated(depth));
    return {
      sql: pieces.map((piece) => piece.sql).join(''),
      states: pieces.reduce((sum, piece) => sum + piece.states, 0),
    };
  }

  function repeated(depth: number): Piece {
    const piece = atom(depth);
    const times = repetition();
    if (!times) return piece;
    if (piece.isAnchor) throw fault(`repeats ^ or $, at ${at}`);
    if (repetition()) throw fault(`repeats a repetition, at ${at}; put it in ( )`);
    const states = piece.states * Math.max(1, times.most);
    if (states > mostStates)
      throw fault(
        `comes to more than ${mostStates} characters with its repetitions written out; repeat less`,
      );
    return { sql: `${piece.sql}${times.sql}`, states };
  }

  function repetition(): { sql: string; most: number } | null {
    const sign = signs[at];
    if (sign === '*' || sign === '+' || sign === '?') {
      at++;
      return { sql: sign, most: sign === '?' ? 1 : 2 };
    }
    if (sign !== '{') return null;
    const end = signs.indexOf('}', at);
    const [all, least, comma, most] =
      /^(\d{1,3})(?:(,)(\d{1,3})?)?$/.exec(signs.slice(at + 1, end).join('')) ?? [];
    if (end < 0 || all === undefined)
      throw fault(`has a { that begins no number of repetitions, at ${at + 1}; write \\{ for the sign`);
    // PostgreSQL takes no more.
    if (Number(least) > 255 || Number(most ?? 0) > 255) throw fault('repeats more than 255 times');
    if (most !== undefined && Number(most) < Number(least))
      throw fault(`repeats {${all}}, whose end is before its beginning`);
    at = end + 1;
    return { sql: `{${all}}`, most: most !== undefined ? Number(most) : Number(least) + (comma ? 1 : 0) };
  }

  function atom(depth: number): Piece {
    const sign = signs[at++] ?? '';
    if (sign === '^' || sign === '$') return { sql: sign, states: 1, isAnchor: true };
    if (sign === '.') return { sql: '.', states: 1 };
    if (sign === '[') return klass();
    if (sign === '(') {
      if (depth > 20) throw fault('has groups in more than 20 groups');
      if (signs[at] === '?' && signs[at + 1] === ':') at += 2;
      if (signs[at] === '?') throw fault(`has (?${signs[at + 1] ?? ''}, at ${at}, which is not known here`);
      const inner = alternatives(depth + 1);
      if (signs[at++] !== ')') throw fault('has a ( that nothing closes');
      return { sql: `(?:${inner.sql})`, states: inner.states + 1 };
    }
    if ('*+?{'.includes(sign))
      throw fault(`has a ${sign} that repeats nothing, at ${at}; write \\${sign} for the sign`);
    if (sign !== '\\') return { sql: ofSet([[sign, sign]], false), states: 1 };
    const set = escaped();
    return { sql: ofSet(set, false), states: 1 };
  }

  function escaped(): Range[] {
    const sign = signs[at++];
    if (sign === undefined) throw fault('ends with \\; write \\\\ for the sign');
    if (sign === 'd') return [['0', '9']];
    if (sign === 'w')
      return [
        ['0', '9'],
        ['A', 'Z'],
        ['_', '_'],
        ['a', 'z'],
      ];
    if (sign === 's')
      return [
        ['\t', '\r'],
        [' ', ' '],
      ];
    if (/[A-Za-z0-9]/.test(sign)) throw fault(`has \\${sign}, at ${at - 1}, which is not known here`);
    return [[sign, sign]];
  }

  function klass(): Piece {
    const isNot = signs[at] === '^';
    if (isNot) at++;
    const ranges: Range[] = [];
    while (signs[at] !== ']') {
      if (at >= signs.length) throw fault('has a [ that nothing closes');
      const from = one();
      const [single] = from;
      const isRange = signs[at] === '-' && signs[at + 1] !== ']' && at + 1 < signs.length;
      if (!isRange || from.length > 1 || !single) {
        ranges.push(...from);
        continue;
      }
      at++;
      const [end, ...more] = one();
      if (!end || more.length > 0 || pointOf(end[1]) < pointOf(single[0]))
        throw fault(`has a range in [ ] whose end is before its beginning, at ${at}`);
      ranges.push([single[0], end[1]]);
    }
    at++;
    if (ranges.length === 0) throw fault('has [ ] with nothing in it');
    return { sql: ofSet(ranges, isNot), states: 1 };
  }

  function one(): Range[] {
    const sign = signs[at++] ?? '';
    return sign === '\\' ? escaped() : [[sign, sign]];
  }

  function ofSet(ranges: readonly Range[], isNot: boolean): string {
    const all = ignoringCase ? ranges.flatMap(inBothCases) : ranges;
    return `[${isNot ? '^' : ''}${all.map(([from, to]) => (from === to ? literally(from) : `${literally(from)}-${literally(to)}`)).join('')}]`;
  }
}

interface Piece {
  sql: string;
  /** Characters that it comes to with repetitions written out. */
  states: number;
  isAnchor?: boolean;
}

type Range = readonly [from: string, to: string];

const pointOf = (sign: string) => sign.codePointAt(0) ?? 0;
/** Whatever a sign means in a pattern, so it means itself. */
const literally = (sign: string) => `\\U${pointOf(sign).toString(16).padStart(8, '0')}`;

/** A range with its letters in the other case, where both ends are letters that have one. */
function inBothCases([from, to]: Range): Range[] {
  const ranges: Range[] = [[from, to]];
  for (const turned of [(sign: string) => sign.toLowerCase(), (sign: string) => sign.toUpperCase()]) {
    const [low, high] = [turned(from), turned(to)];
    const isOne = [...low].length === 1 && [...high].length === 1;
    const isWhole = pointOf(high) - pointOf(low) === pointOf(to) - pointOf(from);
    if (isOne && isWhole && low !== from) ranges.push([low, high]);
  }
  return ranges;
}
