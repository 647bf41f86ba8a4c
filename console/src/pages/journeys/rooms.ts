/** The rooms of a journey, by the name that addresses have for them. */
export const journeyRooms = ['draw', 'results', 'people', 'versions'] as const;
export type JourneyRoom = (typeof journeyRooms)[number];
