import { queryOptions } from '@tanstack/react-query';
import { mediumOfName } from './media.ts';
import { answerOf, server } from './request.ts';

/** A medium with a purpose. */
export type Channel = Awaited<ReturnType<typeof channels>>[number];

const channels = async () =>
  (await answerOf(server.GET('/api/channels'))).channels.map(({ id, name, channelType, messageMedium }) => ({
    ...{ id, name, medium: mediumOfName[messageMedium] },
    purpose: channelType === 'Transactional' ? ('transactional' as const) : ('promotional' as const),
  }));

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: channels,
  staleTime: 60_000,
});

/** Message types with the name and medium of their channel. */
export const messageTypesQuery = queryOptions({
  queryKey: ['messageTypes'],
  queryFn: async ({ client }) => {
    const channels = await client.ensureQueryData(channelsQuery);
    const { messageTypes } = await answerOf(server.GET('/api/messageTypes'));
    return messageTypes.flatMap((type) => {
      const channel = channels.find((each) => each.id === type.channelId);
      return channel ? [{ ...type, medium: channel.medium, purpose: channel.purpose }] : [];
    });
  },
  staleTime: 60_000,
});
