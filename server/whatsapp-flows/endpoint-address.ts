/** Where phones call that fill in a flow: its path, of which the id is the flow's. */
export const endpointPath = '/callbacks/whatsAppFlows';

/** The address of a flow's endpoint. */
export const endpointOf = (publicUrl: string, flowId: number): string =>
  `${publicUrl}${endpointPath}/${flowId}`;
