import { existsSync } from 'node:fs';
import { findProgram, run } from './bound-process.ts';

/** What is going to be done: open a window on a display that is there, on a virtual one, or run the end-to-end tests. */
export type Purpose = 'window' | 'virtual-display' | 'e2e';

type Probe =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'font'; readonly name: string };

type Need = {
  readonly probe: Probe;
  /** Package names, the first that the distribution offers is taken: newer ones renamed theirs to `…t64`. */
  readonly packages: readonly string[];
};

const library = (name: string, ...packages: string[]): Need => ({
  probe: { kind: 'library', name },
  packages,
});
const program = (name: string, ...packages: string[]): Need => ({
  probe: { kind: 'program', name },
  packages,
});
const font = (name: string, ...packages: string[]): Need => ({ probe: { kind: 'font', name }, packages });

const windowNeeds: readonly Need[] = [
  library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
  library('libnss3.so', 'libnss3'),
  library('libasound.so.2', 'libasound2t64', 'libasound2'),
  library('libgbm.so.1', 'libgbm1'),
  library('libXss.so.1', 'libxss1'),
  library('libdrm.so.2', 'libdrm2'),
  library('libcups.so.2', 'libcups2t64', 'libcups2'),
  library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
  library('libatspi.so.0', 'libatspi2.0-0t64', 'libatspi2.0-0'),
  library('libxkbcommon.so.0', 'libxkbcommon0'),
];
const virtualDisplayNeeds: readonly Need[] = [
  ...windowNeeds,
  program('Xvfb', 'xvfb'),
  program('fc-list', 'fontconfig'),
  font('Inter', 'fonts-inter'),
  font('Noto Color Emoji', 'fonts-noto-color-emoji'),
];
const needs: Record<Purpose, readonly Need[]> = {
  window: windowNeeds,
  'virtual-display': virtualDisplayNeeds,
  e2e: [
    ...virtualDisplayNeeds,
    program('dbus-daemon', 'dbus-daemon', 'dbus'),
    program('xdotool', 'xdotool'),
    program('xwininfo', 'x11-utils'),
    program('xauth', 'xauth'),
    program('import', 'imagemagick'),
    program('openbox', 'openbox'),
    program('gnome-keyring-daemon', 'gnome-keyring'),
    library('libsecret-1.so.0', 'libsecret-1-0'),
    library('libnotify.so.4', 'libnotify4'),
  ],
};

type Deps = {
  readonly purpose: Purpose;
  /** The Electron binary; what it links against must be there too. */
  readonly binary: string;
  say(line: string): void;
};

/**
 * Makes sure that what Electron needs of a Linux system is there. As root on Debian and Ubuntu it installs what is missing;
 * elsewhere, or when that fails, it throws one sentence that says what to type.
 */
export async function ensureSystemLibraries({ purpose, binary, say }: Deps): Promise<void> {
  if (process.platform !== 'linux') return;
  let missing = await findMissing(purpose);
  if (missing.length > 0) {
    await installWithApt(missing, say);
    missing = await findMissing(purpose);
    if (missing.length > 0)
      throw new Error(`Still missing after installing: ${missing.map(nameOf).join(', ')}.`);
  }
  const unlinked = await unlinkedLibraries(binary);
  if (unlinked.length > 0) {
    throw new Error(
      `Electron needs shared libraries that are not here: ${unlinked.join(', ')}. Install what holds them.`,
    );
  }
}

/** The needs of a purpose that this system does not meet. */
async function findMissing(purpose: Purpose): Promise<readonly Need[]> {
  const libraries = (await run('/sbin/ldconfig', ['-p'])).output;
  const fonts = findProgram('fc-list') === null ? '' : (await run('fc-list', [':', 'family'])).output;
  return needs[purpose].filter(({ probe }) => {
    if (probe.kind === 'program') return findProgram(probe.name) === null;
    return !(probe.kind === 'library' ? libraries : fonts)
      .split('\n')
      .some((line) => line.includes(probe.name));
  });
}

async function unlinkedLibraries(binary: string): Promise<readonly string[]> {
  const { output } = await run('ldd', [binary]);
  return [...output.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

async function installWithApt(missing: readonly Need[], say: (line: string) => void): Promise<void> {
  if (!existsSync('/etc/debian_version') || findProgram('apt-get') === null) {
    throw new Error(
      `Missing on this system: ${missing.map(nameOf).join(', ')}. Install them and start again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`Missing on this system. Type: ${aptCommand(await packagesFor(missing))}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  say('Some system packages are missing; reading what the distribution offers…');
  const update = await run('apt-get', [...aptOptions, 'update'], { env });
  const packages = await packagesFor(missing);
  say(`Installing with apt-get: ${packages.join(' ')}`);
  const install = await run(
    'apt-get',
    [...aptOptions, 'install', '-y', '--no-install-recommends', ...packages],
    { env },
  );
  if (!install.ok) {
    const why = [update.ok ? '' : update.output, install.output].join('\n').trim();
    throw new Error(`${why}\nThe system packages could not be installed. Type: ${aptCommand(packages)}`);
  }
}

/** Another apt, say the one that runs at boot, is waited for. */
const aptOptions = ['-q', '-o', 'DPkg::Lock::Timeout=300'];

function aptCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

async function packagesFor(missing: readonly Need[]): Promise<readonly string[]> {
  const chosen = await Promise.all(
    missing.map(async ({ packages }) => choosePackage(packages, await offered(packages))),
  );
  return [...new Set(chosen)];
}

/** The first of the names that the distribution offers; the last, the oldest, when it offers none. */
export function choosePackage(names: readonly string[], offers: ReadonlySet<string>): string {
  return names.find((name) => offers.has(name)) ?? names.at(-1) ?? '';
}

/** Those of the names that apt can install as such: a name that another package merely provides has no version of its own. */
async function offered(names: readonly string[]): Promise<ReadonlySet<string>> {
  const { output } = await run('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } });
  return readOffers(output);
}

/** Reads the answer of `apt-cache policy`: the packages with an installation candidate. */
export function readOffers(policy: string): ReadonlySet<string> {
  const offers = new Set<string>();
  let name = '';
  for (const line of policy.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading !== null) name = heading[1] ?? '';
    const candidate = /^ {2}Candidate: (.+)$/.exec(line);
    if (candidate !== null && candidate[1] !== '(none)') offers.add(name);
  }
  return offers;
}

function nameOf({ probe }: Need): string {
  return probe.kind === 'font' ? `the font ${probe.name}` : probe.name;
}
