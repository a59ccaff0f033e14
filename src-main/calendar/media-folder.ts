import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Canceled } from './pacer.ts';
import { type Said, say } from './said.ts';

/** A media file as it lies somewhere. `sha256` is '' when it was larger than what was worth reading. */
export type MediaFile = {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly mime: string;
  readonly sha256: string;
};

/** A file now in the media folder; `keptAt` is its time there when this call put it there, null when it was there already. */
export type KeptMedia = { readonly file: string; readonly keptAt: number | null };

const CHUNK_BYTES = 256 * 1024;

/**
 * Looks at a file that is to go with a post: its size, its type by its first bytes (names lie), and the SHA-256 of what it holds unless it
 * is larger than `mostBytes`. A sentence when it is missing, no ordinary file, empty or unreadable.
 */
export async function lookAtMedia(
  path: string,
  mostBytes: number,
  signal: AbortSignal | null,
): Promise<{ readonly ok: true; readonly file: MediaFile } | { readonly ok: false; readonly said: Said }> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { ok: false, said: notAFile };
    if (found.size === 0) return { ok: false, said: isEmpty };
    await access(path, constants.R_OK);
    const head = await readHead(path);
    const sha256 = found.size > mostBytes ? '' : await hashFile(path, signal);
    const file = { path, name: basename(path), bytes: found.size, mime: mimeOf(head), sha256 };
    return { ok: true, file };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: false, said: noFile };
    if (code === '') throw error;
    return { ok: false, said: say(`it cannot be read (${code})`, `il ne peut pas être lu (${code})`) };
  }
}

/**
 * Copies a file into the media folder under its SHA-256, whole and synced or not at all, mode 0600. Rejects when the file is no longer
 * what was looked at, or the disk says no.
 */
export async function keepMedia(
  mediaDir: string,
  file: MediaFile,
  signal: AbortSignal | null,
): Promise<KeptMedia> {
  return keep(mediaDir, file.sha256, file.bytes, chunksOf(file.path, signal));
}

/** The same for bytes made or received here. Gives their SHA-256. */
export async function keepMediaBytes(
  mediaDir: string,
  bytes: Uint8Array,
): Promise<KeptMedia & { sha256: string }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...(await keep(mediaDir, sha256, bytes.length, [bytes])), sha256 };
}

/** Takes back what `keepMedia` put there, unless somebody else has kept the same file since. */
export async function discardMedia(kept: KeptMedia): Promise<void> {
  if (kept.keptAt === null) return;
  const found = await stat(kept.file).catch(() => null);
  if (found?.mtimeMs === kept.keptAt) await rm(kept.file, { force: true });
}

async function keep(
  mediaDir: string,
  sha256: string,
  bytes: number,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<KeptMedia> {
  await mkdir(mediaDir, { recursive: true, mode: 0o700 });
  const file = join(mediaDir, sha256);
  const there = await stat(file).catch(() => null);
  if (there?.size === bytes) {
    const now = new Date();
    await utimes(file, now, now);
    return { file, keptAt: null };
  }
  const part = join(mediaDir, `.${sha256}.${process.pid}.part`);
  try {
    const hash = createHash('sha256');
    const handle = await open(part, 'w', 0o600);
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (hash.digest('hex') !== sha256) throw new Error('The media file changed while it was being copied.');
    await rename(part, file);
    return { file, keptAt: (await stat(file)).mtimeMs };
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

async function hashFile(path: string, signal: AbortSignal | null): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(path, signal)) hash.update(chunk);
  return hash.digest('hex');
}

async function* chunksOf(path: string, signal: AbortSignal | null): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    if (signal?.aborted) throw new Canceled();
    yield chunk as Uint8Array;
  }
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(32);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The type the first bytes say; 'application/octet-stream' for what no network takes. */
export function mimeOf(head: Uint8Array): string {
  const letters = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (letters(0, 8) === '\u0089PNG\r\n\u001a\n') return 'image/png';
  if (/^GIF8[79]a$/u.test(letters(0, 6))) return 'image/gif';
  if (letters(0, 4) === 'RIFF' && letters(8, 12) === 'WEBP') return 'image/webp';
  if (letters(4, 8) === 'ftyp') return brandMime(letters(8, 12));
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'video/webm';
  return 'application/octet-stream';
}

/** ISO base media files name what they are after 'ftyp'. */
function brandMime(brand: string): string {
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  if (/^(?:hei[cxms]|hev[cx]|mif1|msf1)$/u.test(brand)) return 'image/heic';
  return brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const noFile: Said = say('there is no such file', 'ce fichier n’existe pas');
const notAFile: Said = say('it is not an ordinary file', 'ce n’est pas un fichier ordinaire');
const isEmpty: Said = say('the file is empty', 'le fichier est vide');
