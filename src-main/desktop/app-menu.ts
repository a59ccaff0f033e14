import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** What the menu asks the window to show. */
export type MenuView = 'compose' | 'import' | 'settings';

/**
 * The application menu: complete with roles (on macOS there is no copy and paste without it), the emergency stop first, in a menu of
 * its own.
 */
export function createAppMenu(deps: {
  words: () => Words;
  platform: NodeJS.Platform;
  isPackaged: boolean;
  onStop: () => void;
  onOpenView: (view: MenuView) => void;
  onStopByHand: () => void;
  onShowDataFolder: () => void;
  onReload: () => void;
  onQuit: () => void;
  /** The registered key, and whether the system really gives it to us: if not, the menu takes it while the window has the focus. */
  shortcut: () => { accelerator: string; isRegistered: boolean; wanted: string };
  /** The key of a command of the window. */
  keyOf: (command: 'write' | 'import' | 'settings') => string;
}) {
  let drawn = '';

  function update(): void {
    const { accelerator, isRegistered, wanted } = deps.shortcut();
    const words = deps.words();
    const keys = (['write', 'import', 'settings'] as const).map((command) => deps.keyOf(command));
    const look = [words.language, accelerator, isRegistered, wanted, ...keys].join(' ');
    if (look === drawn) return;
    drawn = look;
    const isMac = deps.platform === 'darwin';
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        ...(isMac ? [macMenu(words)] : []),
        stopMenu(words, isRegistered ? accelerator : wanted, !isRegistered),
        fileMenu(words, isMac),
        editMenu(words),
        viewMenu(words),
        windowMenu(words, isMac),
        helpMenu(words),
      ]),
    );
  }

  function stopMenu(words: Words, key: string, takesKey: boolean): MenuItemConstructorOptions {
    return {
      label: words.menu.stop,
      submenu: [
        {
          label: words.emergencyStop,
          accelerator: key,
          registerAccelerator: takesKey,
          click: () => deps.onStop(),
        },
        { type: 'separator' },
        { label: words.menu.stopByHand, click: () => deps.onStopByHand() },
      ],
    };
  }

  function macMenu(words: Words): MenuItemConstructorOptions {
    return {
      label: app.name,
      submenu: [
        { role: 'about', label: words.menu.about },
        { type: 'separator' },
        {
          label: words.menu.settings,
          accelerator: deps.keyOf('settings'),
          click: () => deps.onOpenView('settings'),
        },
        { type: 'separator' },
        { role: 'services', label: words.menu.services },
        { type: 'separator' },
        { role: 'hide', label: words.menu.hide },
        { role: 'hideOthers', label: words.menu.hideOthers },
        { role: 'unhide', label: words.menu.showAll },
        { type: 'separator' },
        quitItem(words),
      ],
    };
  }

  function fileMenu(words: Words, isMac: boolean): MenuItemConstructorOptions {
    return {
      label: words.menu.file,
      submenu: [
        {
          label: words.menu.newPost,
          accelerator: deps.keyOf('write'),
          click: () => deps.onOpenView('compose'),
        },
        {
          label: words.menu.importCalendar,
          accelerator: deps.keyOf('import'),
          click: () => deps.onOpenView('import'),
        },
        { type: 'separator' },
        ...(isMac
          ? []
          : [
              {
                label: words.menu.settings,
                accelerator: deps.keyOf('settings'),
                click: () => deps.onOpenView('settings'),
              },
              { type: 'separator' as const },
            ]),
        { role: 'close', label: words.menu.close },
        ...(isMac ? [] : [quitItem(words)]),
      ],
    };
  }

  /** No role: that one would quit without asking. */
  function quitItem(words: Words): MenuItemConstructorOptions {
    return { label: words.quit, accelerator: 'CommandOrControl+Q', click: () => deps.onQuit() };
  }

  function viewMenu(words: Words): MenuItemConstructorOptions {
    return {
      label: words.menu.view,
      submenu: [
        { label: words.menu.reload, accelerator: 'CommandOrControl+Shift+R', click: () => deps.onReload() },
        { type: 'separator' },
        { role: 'resetZoom', label: words.menu.actualSize },
        { role: 'zoomIn', label: words.menu.zoomIn },
        { role: 'zoomOut', label: words.menu.zoomOut },
        { type: 'separator' },
        { role: 'togglefullscreen', label: words.menu.fullScreen },
        ...(deps.isPackaged ? [] : [{ role: 'toggleDevTools' as const, label: words.menu.developerTools }]),
      ],
    };
  }

  function helpMenu(words: Words): MenuItemConstructorOptions {
    return {
      role: 'help',
      label: words.menu.help,
      submenu: [
        { label: words.menu.stopByHand, click: () => deps.onStopByHand() },
        { label: words.menu.dataFolder, click: () => deps.onShowDataFolder() },
      ],
    };
  }

  return {
    /** Call after `ready`. */
    start: update,
    /** After a change of language or of a key. */
    update,
    stop(): void {
      drawn = '';
      Menu.setApplicationMenu(null);
    },
  };
}

function editMenu(words: Words): MenuItemConstructorOptions {
  return {
    label: words.menu.edit,
    submenu: [
      { role: 'undo', label: words.menu.undo },
      { role: 'redo', label: words.menu.redo },
      { type: 'separator' },
      { role: 'cut', label: words.menu.cut },
      { role: 'copy', label: words.menu.copy },
      { role: 'paste', label: words.menu.paste },
      { role: 'selectAll', label: words.menu.selectAll },
    ],
  };
}

function windowMenu(words: Words, isMac: boolean): MenuItemConstructorOptions {
  return {
    role: 'window',
    label: words.menu.window,
    submenu: [
      { role: 'minimize', label: words.menu.minimise },
      { role: 'close', label: words.menu.close },
      ...(isMac ? [{ role: 'front' as const, label: words.menu.front }] : []),
    ],
  };
}
