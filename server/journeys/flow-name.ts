/** Name of the flow that lets people go on in journeys. */
export const journeysFlowName = 'journeys';
