import { queryOptions } from '@tanstack/react-query';
import { get } from './request.ts';
import type { Medium } from './templates.ts';

/** A medium with a purpose. */
export interface Channel {
  id: number;
  name: string;
  medium: Medium;
  purpose: 'promotional' | 'transactional';
}

/** What a user subscribes to within a channel. */
export interface MessageType {
  id: number;
  name: string;
  channelId: number;
}

interface ChannelAnswer {
  id: number;
  name: string;
  channelType: string;
  messageMedium: string;
}

const mediumOfName: Record<string, Medium> = { sms: 'sms', whatsapp: 'whatsApp', email: 'email' };

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async () =>
    (await get<{ channels: ChannelAnswer[] }>('/api/channels')).channels.map(
      ({ id, name, channelType, messageMedium }): Channel => ({
        id,
        name,
        medium: mediumOfName[messageMedium.toLowerCase()] ?? 'sms',
        purpose: channelType.toLowerCase() === 'transactional' ? 'transactional' : 'promotional',
      }),
    ),
  staleTime: 60_000,
});

/** Message types with the name and medium of their channel. */
export const messageTypesQuery = queryOptions({
  queryKey: ['messageTypes'],
  queryFn: async ({ client }) => {
    const channels = await client.ensureQueryData(channelsQuery);
    const { messageTypes } = await get<{ messageTypes: MessageType[] }>('/api/messageTypes');
    return messageTypes.flatMap((type) => {
      const channel = channels.find((each) => each.id === type.channelId);
      return channel
        ? [{ ...type, channelName: channel.name, medium: channel.medium, purpose: channel.purpose }]
        : [];
    });
  },
  staleTime: 60_000,
});
