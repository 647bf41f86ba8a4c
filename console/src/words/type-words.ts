/** A message type as it is told apart from others of its name: "Offers · SMS Marketing". */
export const typeWords = ({ name, channelName }: { name: string; channelName: string }) =>
  name === channelName ? name : `${name} · ${channelName}`;
