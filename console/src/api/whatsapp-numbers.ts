import { queryOptions } from '@tanstack/react-query';
import { keepFile } from './kept-files.ts';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** A WhatsApp number as Meta has it. */
export type WhatsAppNumber = Answer<'/api/senders/{id}/whatsApp'>;

/** A WhatsApp number, asked of Meta. */
export const whatsAppNumberQuery = (id: number) =>
  queryOptions({
    queryKey: ['senders', id, 'whatsApp'],
    queryFn: () => answerOf(server.GET('/api/senders/{id}/whatsApp', { params: { path: { id } } })),
    staleTime: 60_000,
    retry: false,
  });

const at = (id: number) => ({ path: { id } });

/** Registers a number with its PIN. */
export const registerNumber = (id: number, pin: string) =>
  answerOf(server.POST('/api/senders/{id}/whatsApp/register', { params: at(id), body: { pin } }));

/** Takes a number off the Cloud API. */
export const deregisterNumber = (id: number) =>
  answerOf(server.POST('/api/senders/{id}/whatsApp/deregister', { params: at(id) }));

/** Has a code sent to a number. */
export const requestNumberCode = (id: number, method: 'SMS' | 'VOICE') =>
  answerOf(
    server.POST('/api/senders/{id}/whatsApp/requestCode', {
      ...{ params: at(id), body: { method, language: 'en_US' } },
    }),
  );

/** Enters the code that came to a number. */
export const verifyNumberCode = (id: number, code: string) =>
  answerOf(server.POST('/api/senders/{id}/whatsApp/verifyCode', { params: at(id), body: { code } }));

/** Changes what people see of the business; what is left out stays. */
export const changeNumberProfile = (
  id: number,
  profile: Body<'/api/senders/{id}/whatsApp/profile', 'patch'>,
) => answerOf(server.PATCH('/api/senders/{id}/whatsApp/profile', { params: at(id), body: profile }));

/** Sets what people see before they write. */
export const setNumberConversation = (
  id: number,
  conversation: Pick<WhatsAppNumber, 'iceBreakers' | 'commands'>,
) => answerOf(server.PUT('/api/senders/{id}/whatsApp/conversation', { params: at(id), body: conversation }));

/** Applies for the official badge, withdraws the application, or applies again. */
export const askForBadge = (id: number, action: 'submit' | 'withdraw' | 'resubmit') =>
  answerOf(server.POST('/api/senders/{id}/whatsApp/badge', { params: at(id), body: { action } }));

/** Keeps a picture among the project's files and answers its address. */
export async function keepPicture(file: File): Promise<string> {
  return (await keepFile(file)).url;
}
