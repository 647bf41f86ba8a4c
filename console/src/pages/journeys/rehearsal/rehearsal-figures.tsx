import type { JourneyRehearsal } from '../../../api/journey-rehearsals.ts';
import { FigureCards } from '../../../shell/figure-cards.tsx';
import { count, counted, dollars, share } from '../../../words/formats.ts';
import { lengthWords, momentWords } from './rehearsal-words.ts';

/** What it comes to in all; once the journey runs, with what really became of people beside it. */
export function RehearsalFigures({ figures, actual }: Pick<JourneyRehearsal, 'figures' | 'actual'>) {
  const { entered, people, inside, finished, left, sends, senders } = figures;
  const skips = Object.values(sends.skips).reduce((sum, each) => sum + each, 0);
  const late = Math.max(0, ...senders.map(({ mostLateMs }) => mostLateMs));
  const reached = left.goal ?? 0;
  const shown = [
    {
      label: 'Enter',
      value: count(entered),
      note: `of ${counted(people, 'person', 'people')} whom something lets in`,
      real: actual && count(actual.entered),
    },
    {
      label: 'Messages',
      value: count(sends.messages),
      note: `${count(sends.segments)} segments${sends.waiting > 0 ? `; ${count(sends.waiting)} would leave later` : ''}`,
      real: null,
    },
    {
      label: 'Skipped',
      value: count(skips),
      note: `${share(skips, skips + sends.messages)} of all`,
      real: null,
    },
    { label: 'Cost', value: dollars(sends.price), note: 'by your price list', real: null },
    {
      label: 'Finish',
      value: count(finished),
      note: `${share(finished, entered)} of who enter`,
      real: actual && count(actual.finished),
    },
    {
      label: 'Goal',
      value: count(reached),
      note: `${share(reached, entered)} of who enter`,
      real: actual && count(actual.left.goal ?? 0),
    },
    {
      label: 'Still inside',
      value: count(inside),
      note: 'when the time ends',
      real: actual && count(actual.inside),
    },
    {
      label: 'Late by up to',
      value: late === 0 ? 'never' : lengthWords(late),
      note:
        sends.firstAt === null || sends.lastAt === null
          ? 'no message leaves'
          : `messages from ${momentWords(sends.firstAt)} to ${momentWords(sends.lastAt)}`,
      real: null,
    },
  ];
  return <FigureCards figures={shown} cols={{ base: 2, sm: 4 }} />;
}
