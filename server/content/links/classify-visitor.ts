import { isbot } from 'isbot';

/** What is known of a request for a short link. */
export interface VisitorHeaders {
  method: string;
  userAgent?: string;
  /** `Sec-Purpose`, `Purpose` or `X-Moz`: browsers set it when they fetch ahead of a tap. */
  purpose?: string;
}

/**
 * Fetchers that draw the card shown under a message. They fetch when a text arrives or is typed, so they are
 * no sign that anybody tapped. Apple's names itself as a Mac's Safari with both Facebook's and Twitter's bots.
 */
const previewFetchers =
  /WhatsApp|facebookexternalhit|Facebot|Twitterbot|Slackbot|Slack-ImgProxy|Applebot|TelegramBot|Discordbot|LinkedInBot|SkypeUriPreview|Viber|Snapchat|redditbot|Pinterestbot|Iframely|Embedly|vkShare|Google-PageRenderer|GoogleMessages|Google-Safety|Google-InspectionTool|Google Web Preview|Googlebot|AndroidMessages|iMessageLinkPreview|LinkPreview|MicrosoftPreview|BingPreview|Teams|kakaotalk-scrap|Line-?bot|linespider|Signal|Mastodon|bitlybot/i;
const prefetching = /prefetch|prerender|preview/i;

/**
 * Tells a person's tap from the machinery around a message. `preview`: a card being drawn or a browser fetching
 * ahead; `bot`: scanners, crawlers, scripts and whoever says nothing of himself. Only `person` is a click.
 */
export function classifyVisitor(headers: VisitorHeaders): 'person' | 'preview' | 'bot' {
  const { method, userAgent = '', purpose = '' } = headers;
  if (prefetching.test(purpose)) return 'preview';
  if (userAgent.trim() === '') return 'bot';
  if (isInAppBrowser(userAgent)) return method === 'GET' ? 'person' : 'preview';
  if (previewFetchers.test(userAgent)) return 'preview';
  if (isbot(userAgent)) return 'bot';
  if (method === 'HEAD') return 'preview';
  return method === 'GET' ? 'person' : 'bot';
}

/**
 * Pages opened inside Snapchat, Viber or Teams are opened by a person and say their app's name too, as its
 * fetchers do. Crawlers that pass for a phone are known by their own names.
 */
function isInAppBrowser(userAgent: string): boolean {
  return (
    /^Mozilla\/5\.0 \((?:iPhone|iPad|Linux; (?:U; )?Android)/.test(userAgent) &&
    !/externalhit|preview/i.test(userAgent) &&
    !isbot(userAgent)
  );
}
