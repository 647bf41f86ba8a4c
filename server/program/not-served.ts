import type { HTTPMethods } from 'fastify';
import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';

/** A capability that is still to come, and what is called until then. */
interface Coming {
  /** As the answer names it: “comes with …”. */
  capability: string;
  /** What to do until then. */
  instead: string;
  /** Operations of Iterable's interface description: method and path. */
  operations: readonly string[];
  /** Calls that its clients make and its description lacks. */
  beyond: readonly string[];
}

/**
 * Iterable's operations that are not served yet, each with what it comes with. An answer of 501 tells a caller more
 * than one of 404, by which a client thinks that its address is wrong, or an empty success.
 */
export const notServed: readonly Coming[] = [
  {
    capability: 'push notifications',
    instead: 'send by sms, whatsApp or email',
    operations: [
      'POST /api/events/trackPushOpen',
      'POST /api/push/cancel',
      'POST /api/push/target',
      'GET /api/templates/push/get',
      'POST /api/templates/push/proof',
      'POST /api/templates/push/update',
      'POST /api/templates/push/upsert',
      'POST /api/users/disableDevice',
      'POST /api/users/registerDeviceToken',
    ],
    beyond: ['GET /api/mobile/getRemoteConfiguration'],
  },
  {
    capability: 'web push',
    instead: 'send by sms, whatsApp or email',
    operations: [
      'POST /api/events/trackWebPushClick',
      'POST /api/users/registerBrowserToken',
      'POST /api/webPush/cancel',
      'POST /api/webPush/target',
    ],
    beyond: [],
  },
  {
    capability: 'in-app messages',
    instead: 'send by sms, whatsApp or email',
    operations: [
      'POST /api/events/inAppConsume',
      'POST /api/events/trackInAppClick',
      'POST /api/events/trackInAppClose',
      'POST /api/events/trackInAppDelivery',
      'POST /api/events/trackInAppOpen',
      'POST /api/inApp/cancel',
      'GET /api/inApp/getMessages',
      'GET /api/inApp/getPriorityMessage',
      'POST /api/inApp/target',
      'GET /api/inApp/web/getMessages',
      'GET /api/templates/inapp/get',
      'POST /api/templates/inapp/preview',
      'POST /api/templates/inapp/proof',
      'POST /api/templates/inapp/update',
      'POST /api/templates/inapp/upsert',
    ],
    beyond: [
      'POST /api/events/trackInboxSession',
      'GET /api/templates/inApp/get',
      'POST /api/templates/inApp/preview',
      'POST /api/templates/inApp/proof',
      'POST /api/templates/inApp/update',
      'POST /api/templates/inApp/upsert',
    ],
  },
  {
    capability: 'embedded messages',
    instead: 'send by sms, whatsApp or email',
    operations: [
      'POST /api/embedded-messaging/events/click',
      'POST /api/embedded-messaging/events/received',
      'POST /api/embedded-messaging/events/session',
      'GET /api/embedded-messaging/messages',
      'GET /api/templates/embedded/get',
      'POST /api/templates/embedded/update',
      'POST /api/templates/embedded/upsert',
    ],
    beyond: ['POST /api/embedded-messaging/events/dismiss'],
  },
  {
    capability: 'experiments',
    instead: 'send a campaign to each of two lists',
    operations: ['GET /api/experiments/metrics'],
    beyond: [
      'GET /api/experiments',
      'POST /api/experiments',
      'GET /api/experiments/{experimentId}',
      'GET /api/experiments/{experimentId}/variants',
      'POST /api/experiments/{experimentId}/variants',
      'GET /api/experiments/{experimentId}/totals',
      'GET /api/experiments/{experimentId}/trends',
      'PATCH /api/experiments/{experimentId}/settings',
      'POST /api/experiments/{experimentId}/start',
      'POST /api/experiments/{experimentId}/cancel',
      'POST /api/experiments/{experimentId}/winner',
      'POST /api/experiments/{experimentId}/delete',
    ],
  },
  {
    capability: 'the SDKs for apps and web pages',
    instead: 'call from your server with an API key',
    operations: ['POST /api/auth/jwts/invalidate'],
    beyond: [
      'POST /api/anonymoususer/events/session',
      'GET /api/anonymoususer/list',
      'POST /api/anonymoususer/consent',
      'POST /api/unknownuser/events/session',
      'GET /api/unknownuser/list',
      'POST /api/unknownuser/consent',
    ],
  },
];

/** Answers what is not served yet: 501, in Iterable's form, with what it comes with. */
export const notServedRoutes: Routes = (api) => {
  for (const { capability, instead, operations, beyond } of notServed)
    for (const operation of [...operations, ...beyond]) {
      const [method, path] = operation.split(' ') as [HTTPMethods, string];
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      api.route({
        method,
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        schema: {
          hide: true,
          params: Type.Object(Object.fromEntries(names.map((name) => [name, Type.String()]))),
        },
        handler: async () => {
          throw new ApiError(
            'NotServed',
            `${operation} is not served yet: it comes with ${capability}. Until then ${instead}`,
            { operation, capability },
          );
        },
      });
    }
};
