import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NativeImage, nativeImage } from 'electron';
import type { PublishingState } from '../core/stop-types.ts';

/** The states differ by shape, not only by colour: a disc with a triangle, an empty ring, an octagon, an octagon with a mark. */
const SHAPES: Record<PublishingState, string> = {
  publishing: 'publishing',
  'not-started': 'idle',
  stopped: 'stopped',
  stopping: 'stopped',
  'not-confirmed': 'alert',
};

/** Pixels per scale factor: what the trays of the three systems ask for. */
const SIZES: Record<'linux' | 'win32' | 'darwin', readonly (readonly [scale: number, pixels: number])[]> = {
  linux: [
    [1, 24],
    [2, 48],
  ],
  win32: [
    [1, 16],
    [1.25, 20],
    [1.5, 24],
    [2, 32],
  ],
  darwin: [
    [1, 16],
    [2, 32],
  ],
};

/** Where the icons lie, packaged or not: `appPath` is `app.getAppPath()`. */
export function iconsDir(appPath: string): string {
  return join(appPath, 'resources', 'icons');
}

export function createTrayIcons(dir: string, platform: NodeJS.Platform) {
  const cache = new Map<string, NativeImage>();
  const system = platform === 'darwin' || platform === 'win32' ? platform : 'linux';

  function load(shape: string): NativeImage {
    const image = nativeImage.createEmpty();
    // macOS draws trays in one colour: black with transparency, turned around by the system in the dark.
    const kind = system === 'darwin' ? 'template' : 'tray';
    for (const [scaleFactor, pixels] of SIZES[system]) {
      const buffer = readFileSync(join(dir, `${kind}-${shape}-${pixels}.png`));
      image.addRepresentation({ scaleFactor, width: pixels, height: pixels, buffer });
    }
    if (system === 'darwin') image.setTemplateImage(true);
    return image;
  }

  return {
    imageFor(state: PublishingState): NativeImage {
      const shape = SHAPES[state];
      const known = cache.get(shape);
      if (known !== undefined) return known;
      const image = load(shape);
      cache.set(shape, image);
      return image;
    },
    /** The window's and the notifications' icon. */
    appIcon: (): NativeImage => nativeImage.createFromPath(join(dir, 'app-256.png')),
  };
}

export type TrayIcons = ReturnType<typeof createTrayIcons>;
