/** A message must reach the wire before its window closes, or its time is over, so the last moments before either are not used. */
export const wireMarginMs = 3_000;
