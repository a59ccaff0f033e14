import { jsonOf, type SeenRequest } from '../../support/fault-server.ts';

export type SentFile = { readonly name: string; readonly mime: string; readonly bytes: Buffer };

/** What a request brought, as JSON, as a form or as a form with files; the fields of a form are texts. */
export async function fieldsOf(request: SeenRequest): Promise<{
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, SentFile>;
}> {
  const files = new Map<string, SentFile>();
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json'))
    return { fields: (jsonOf(request) ?? {}) as Record<string, unknown>, files };
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { fields: Object.fromEntries(new URLSearchParams(request.body.toString('utf8'))), files };
  const fields: Record<string, unknown> = {};
  if (!type.startsWith('multipart/form-data')) return { fields, files };
  const form = await new Response(new Uint8Array(request.body), {
    headers: { 'content-type': type },
  }).formData();
  for (const [key, value] of form) {
    if (typeof value === 'string') fields[key] = value;
    else
      files.set(key, {
        name: value.name,
        mime: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      });
  }
  return { fields, files };
}
