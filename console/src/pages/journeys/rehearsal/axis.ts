/** Room left of a plot's bars for the figures of its axis, and right of them: the scrubber begins and ends where the bars do. */
export const axisWidth = 62;
export const rightMargin = 10;
