import type { Totals } from '../../api/numbers.ts';
import { FigureCards } from '../../shell/figure-cards.tsx';
import { amount, count, counted, dollars, share } from '../../words/formats.ts';

/** The figures people judge a campaign by, each with the sentence that says what it counts. */
export function KeyNumbers({ numbers }: { numbers: Totals }) {
  // A share of the sends says nothing of those who are still to come.
  const waits = numbers.pending > 0 ? ` · ${count(numbers.pending)} pending` : '';
  const figures = [
    { label: 'Audience', value: count(numbers.audience), note: 'people asked for' },
    {
      label: 'Sends',
      value: count(numbers.sends),
      note: `${share(numbers.sends, numbers.audience)} of audience${waits}`,
    },
    {
      label: 'Delivered',
      value: count(numbers.delivered),
      note: `${share(numbers.delivered, numbers.sends)} of sends${waits}`,
    },
    {
      label: 'Bounced',
      value: count(numbers.bounced),
      note: `${share(numbers.bounced, numbers.sends)} of sends`,
    },
    { label: 'Awaiting receipt', value: count(numbers.awaitingReceipt), note: 'sent, not yet confirmed' },
    ...(numbers.inDoubt > 0
      ? [{ label: 'In doubt', value: count(numbers.inDoubt), note: 'settled by receipt or look-up' }]
      : []),
    { label: 'Pending', value: count(numbers.pending), note: 'not sent yet: wait for time or turn' },
    { label: 'Skipped', value: count(numbers.skips), note: 'not sent; reasons below' },
    {
      label: 'Clicks',
      value: count(numbers.clicks.unique),
      note: `${share(numbers.clicks.unique, numbers.delivered)} of delivered`,
    },
    ...(numbers.opens
      ? [
          {
            label: 'Opens',
            value: count(numbers.opens.byPeople.unique),
            note: `people; ${count(numbers.opens.unique)} with what mail programs fetch by themselves`,
          },
        ]
      : []),
    ...(numbers.purchases.total > 0
      ? [
          {
            label: 'Purchases',
            value: count(numbers.purchases.total),
            note: `by ${counted(numbers.purchases.unique, 'person', 'people')}; revenue ${amount(numbers.purchases.revenue)}`,
          },
        ]
      : []),
    {
      label: 'Opt-outs',
      value: count(numbers.optOuts.unique),
      note: `${share(numbers.optOuts.unique, numbers.delivered)} of delivered`,
    },
    {
      label: 'Replies',
      value: count(numbers.replies.total),
      note: `from ${counted(numbers.replies.unique, 'person', 'people')}`,
    },
    { label: 'Segments', value: count(numbers.segments), note: 'parts that carriers bill' },
    { label: 'Cost', value: dollars(numbers.price), note: 'by your table of rates' },
  ];
  return <FigureCards figures={figures} cols={{ base: 2, sm: 3, md: 4 }} />;
}
