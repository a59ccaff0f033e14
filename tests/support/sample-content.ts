import { createHash } from 'node:crypto';
import type { PublishRequest } from '../../src-main/core/connector.ts';
import type { Content, Media } from '../../src-main/core/post.ts';

/** A PNG of 1 × 1 pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const PNG_SHA256 = createHash('sha256').update(PNG).digest('hex');

export function samplePng(altText = 'One grey pixel'): Media {
  return { sha256: PNG_SHA256, mime: 'image/png', bytes: PNG.byteLength, name: 'pixel.png', altText };
}

export function sampleContent(parts: readonly string[], more: Partial<Content> = {}): Content {
  return { parts, link: '', media: [], ...more };
}

let made = 0;

/** A request of its own key and post id each time; `publishAt` is now. */
export function sampleRequest(content: Content, more: Partial<PublishRequest> = {}): PublishRequest {
  made += 1;
  return {
    postId: made,
    content,
    publishAt: Date.now(),
    key: `k${process.pid.toString(36)}${Date.now().toString(36)}${made.toString(36)}`
      .padEnd(26, '0')
      .slice(0, 26),
    attempt: 1,
    ...more,
  };
}
