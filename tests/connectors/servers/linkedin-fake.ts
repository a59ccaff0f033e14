import { z } from 'zod';
import { jsonOf, type SeenRequest, type ServerAnswer } from '../../support/fault-server.ts';
import type { FakeNetwork } from '../subject.ts';

export const LINKEDIN_TOKEN = 'linkedin-access-token-0123456789';
export const LINKEDIN_CLIENT = 'linkedin-client-id';
export const LINKEDIN_SECRET = 'linkedin-client-secret';
const PAGE = 'urn:li:organization:2414183';

type Image = { readonly id: string; readonly altText?: string | undefined };
export type LinkedInPost = {
  readonly id: string;
  readonly commentary: string;
  readonly createdAt: number;
  readonly images: readonly Image[];
};

export type LinkedInFake = FakeNetwork & {
  readonly posts: LinkedInPost[];
  add(commentary: string, more?: Partial<LinkedInPost>): LinkedInPost;
};

const image = z.strictObject({
  id: z.string().regex(/^urn:li:image:[A-Za-z0-9_-]+$/u),
  altText: z.string().min(1).max(4_086).optional(),
});
/** The members of a post that we use, as the Posts API's schema names them; nothing else is let through. */
const create = z.strictObject({
  author: z.literal(PAGE),
  commentary: z.string().max(3_000),
  visibility: z.literal('PUBLIC'),
  distribution: z.strictObject({
    feedDistribution: z.literal('MAIN_FEED'),
    targetEntities: z.array(z.never()),
    thirdPartyDistributionChannels: z.array(z.never()),
  }),
  lifecycleState: z.literal('PUBLISHED'),
  isReshareDisabledByAuthor: z.literal(false),
  content: z
    .union([
      z.strictObject({ media: image }),
      z.strictObject({ multiImage: z.strictObject({ images: z.array(image).min(2).max(20) }) }),
    ])
    .optional(),
});
const grant = z.strictObject({
  grant_type: z.literal('authorization_code'),
  code: z.literal('the-code'),
  redirect_uri: z.url(),
  client_id: z.literal(LINKEDIN_CLIENT),
  client_secret: z.literal(LINKEDIN_SECRET),
});

const refusal = (status: number, code: string, message: string): ServerAnswer => ({
  status,
  body: { status, code, message },
});

/** LinkedIn in memory: one page, its posts and images, and the answers its documentation gives. Deleting again is a yes. */
export function createLinkedInFake(now: () => number = () => Date.now()): LinkedInFake {
  const posts: LinkedInPost[] = [];
  const uploads = new Map<string, boolean>();
  let made = 7_200_000_000_000_000_000n;
  const nextId = () => {
    made += 1n;
    return made.toString();
  };

  function add(commentary: string, more: Partial<LinkedInPost> = {}): LinkedInPost {
    const post = { id: `urn:li:share:${nextId()}`, commentary, createdAt: now(), images: [], ...more };
    posts.push(post);
    return post;
  }

  const viewOf = ({ id, commentary, createdAt, images }: LinkedInPost) => ({
    id,
    author: PAGE,
    commentary,
    createdAt,
    publishedAt: createdAt,
    lifecycleState: 'PUBLISHED',
    ...(images.length === 1 ? { content: { media: images[0] } } : {}),
    ...(images.length > 1 ? { content: { multiImage: { images } } } : {}),
  });

  function post(request: SeenRequest): ServerAnswer {
    const asked = create.safeParse(jsonOf(request));
    if (!asked.success) return refusal(422, 'UNPROCESSABLE_ENTITY', asked.error.message);
    const { commentary, content } = asked.data;
    const images =
      content === undefined ? [] : 'media' in content ? [content.media] : content.multiImage.images;
    if (images.some(({ id }) => uploads.get(id) !== true))
      return refusal(400, 'INVALID_CONTENT', 'The image was not uploaded.');
    const twin = posts.find((one) => one.commentary === commentary);
    if (twin) return refusal(422, 'DUPLICATE_POST', `Content is a duplicate of ${twin.id}`);
    const { id } = add(commentary, { images });
    return { status: 201, headers: { 'x-restli-id': id } };
  }

  function listed(query: URLSearchParams): ServerAnswer {
    if (query.get('author') !== PAGE || query.get('q') !== 'author' || Number(query.get('count')) > 100)
      return refusal(400, 'ILLEGAL_ARGUMENT', 'author, q and count are needed');
    const start = Number(query.get('start') ?? 0);
    const all = [...posts].sort((a, b) => b.createdAt - a.createdAt);
    return {
      headers: { date: new Date(now()).toUTCString() },
      body: { elements: all.slice(start, start + Number(query.get('count'))).map(viewOf), paging: { start } },
    };
  }

  function answer(request: SeenRequest): ServerAnswer {
    const url = new URL(request.path, 'http://fake');
    const route = `${request.method} ${url.pathname}`;
    if (route === 'POST /oauth/v2/accessToken') {
      const fields = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
      return grant.safeParse(fields).success
        ? { body: { access_token: LINKEDIN_TOKEN, expires_in: 5_184_000, scope: 'w_organization_social' } }
        : {
            status: 400,
            body: { error: 'invalid_request', error_description: 'Unable to retrieve access token' },
          };
    }
    if (request.headers.authorization !== `Bearer ${LINKEDIN_TOKEN}`)
      return refusal(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
    if (request.method === 'PUT') {
      const id = `urn:li:image:${url.pathname.slice('/upload/'.length)}`;
      if (!uploads.has(id) || request.body.byteLength === 0) return refusal(400, 'BAD', 'no such upload');
      uploads.set(id, true);
      return { status: 201 };
    }
    if (!/^20\d{4}$/u.test(request.headers['linkedin-version'] ?? ''))
      return refusal(426, 'NONEXISTENT_VERSION', 'Requested version is not active');
    if (request.headers['x-restli-protocol-version'] !== '2.0.0') return refusal(400, 'PROTOCOL', 'protocol');
    if (route === 'GET /rest/organizations/2414183')
      return { body: { id: 2_414_183, localizedName: 'Café Søn', vanityName: 'cafe-soen' } };
    if (route.startsWith('GET /rest/organizations/'))
      return refusal(403, 'ACCESS_DENIED', 'Not enough permissions');
    if (route === 'POST /rest/images' && url.searchParams.get('action') === 'initializeUpload') {
      if (
        !z
          .strictObject({ initializeUploadRequest: z.strictObject({ owner: z.literal(PAGE) }) })
          .safeParse(jsonOf(request)).success
      )
        return refusal(400, 'BAD', 'owner');
      const key = `C4E${nextId()}`;
      uploads.set(`urn:li:image:${key}`, false);
      const uploadUrl = `http://${request.headers.host}/upload/${key}`;
      return {
        body: { value: { uploadUrl, image: `urn:li:image:${key}`, uploadUrlExpiresAt: now() + 60_000 } },
      };
    }
    if (route === 'POST /rest/posts') return post(request);
    if (route === 'GET /rest/posts') return listed(url.searchParams);
    const id = decodeURIComponent(url.pathname.slice('/rest/posts/'.length));
    const at = posts.findIndex((one) => one.id === id);
    const found = posts[at];
    if (request.method === 'DELETE') {
      if (found) posts.splice(at, 1);
      return { status: 204 };
    }
    return found ? { body: viewOf(found) } : refusal(404, 'NOT_FOUND', 'Not found');
  }

  return { posts, add, answer, texts: () => posts.map(({ commentary }) => commentary) };
}
