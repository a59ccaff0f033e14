import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Bridge, EventName, Events, PageChannel } from './contract.ts';

/** The names that may pass, and no others. A channel added to the contract does not compile until it is here. */
const CHANNELS: Record<PageChannel, true> = {
  'app.read': true,
  'publishing.read': true,
  'publishing.start': true,
  'stop.engage': true,
  'stop.explain': true,
  'stop.list': true,
  'report.message': true,
  'report.save': true,
  'release.preview': true,
  'release.confirm': true,
  'drill.run': true,
  'drill.cancel': true,
  'drill.list': true,
  'desk.read': true,
  'brand.create': true,
  'brand.change': true,
  'plan.list': true,
  'plan.read': true,
  'plan.save': true,
  'plan.print': true,
  'plan.showCopies': true,
  'tool.list': true,
  'tool.save': true,
  'checklist.read': true,
  'checklist.tick': true,
  'network.list': true,
  'network.newSecret': true,
  'account.connect': true,
  'account.signIn': true,
  'account.verify': true,
  'account.change': true,
  'account.hold': true,
  'account.remove': true,
  'queue.page': true,
  'yes.read': true,
  'yes.setBrand': true,
  'yes.require': true,
  'yes.letGo': true,
  'yes.largePictures': true,
  'yes.smallPicture': true,
  'yes.save': true,
  'yes.text': true,
  'yes.preview': true,
  'yes.apply': true,
  'yes.undo': true,
  'recurrence.list': true,
  'recurrence.preview': true,
  'recurrence.create': true,
  'recurrence.end': true,
  'slot.list': true,
  'slot.set': true,
  'slot.next': true,
  'slot.free': true,
  'account.move': true,
  'account.label': true,
  'label.list': true,
  'account.holdAll': true,
  'brand.note': true,
  'bulk.preview': true,
  'bulk.apply': true,
  'bulk.stop': true,
  'bulk.last': true,
  'bulk.undo': true,
  'calendar.stretches': true,
  'calendar.page': true,
  'calendar.gaps': true,
  'calendar.save': true,
  'post.read': true,
  'post.schedule': true,
  'post.reschedule': true,
  'post.settle': true,
  'post.lookUp': true,
  'post.takeDown': true,
  'time.resolve': true,
  'text.check': true,
  'text.split': true,
  'draft.list': true,
  'draft.save': true,
  'draft.remove': true,
  'draft.versions': true,
  'media.add': true,
  'media.read': true,
  'file.choose': true,
  'import.look': true,
  'import.preview': true,
  'import.rows': true,
  'import.apply': true,
  'import.cancel': true,
  'import.list': true,
  'import.undoEffect': true,
  'import.undo': true,
  'import.accounts': true,
  'export.calendar': true,
  'outbox.show': true,
  'journal.page': true,
  'journal.verify': true,
  'settings.read': true,
  'settings.change': true,
  'windowKey.list': true,
  'windowKey.change': true,
  'windowKey.reset': true,
  'shortcut.change': true,
  'shortcut.prove': true,
  'control.list': true,
  'page.answer': true,
  'practice.load': true,
  'backup.read': true,
  'backup.make': true,
  'backup.choose': true,
  'backup.show': true,
  'backup.rehearse': true,
  'backup.restore': true,
  'backup.cancelRestore': true,
  'everything.export': true,
  'everything.look': true,
  'everything.import': true,
  'folder.read': true,
  'folder.move': true,
  'folder.cancelMove': true,
  'app.restart': true,
  'know.read': true,
  'digest.read': true,
  'licence.list': true,
  'login.change': true,
  'savedText.list': true,
  'savedText.save': true,
  'savedText.remove': true,
  'mention.list': true,
  'mention.check': true,
  'mention.keep': true,
  'mention.remove': true,
  'word.list': true,
  'word.keep': true,
  'word.remove': true,
  'elsewhere.read': true,
  'elsewhere.refresh': true,
  'elsewhere.cancel': true,
  'elsewhere.tick': true,
  'elsewhere.optIn': true,
  'scheduler.list': true,
  'scheduler.connect': true,
  'scheduler.verify': true,
  'scheduler.remove': true,
  'scheduler.match': true,
};

const EVENTS: Record<EventName, true> = {
  'publishing.changed': true,
  'desk.changed': true,
  'queue.changed': true,
  'settings.changed': true,
  'journal.changed': true,
  'controls.changed': true,
  'page.asked': true,
  'drill.changed': true,
  'drill.progress': true,
  'plan.changed': true,
  'aids.changed': true,
  'slots.changed': true,
  'import.progress': true,
  'bulk.progress': true,
  'view.open': true,
  'backup.changed': true,
  'elsewhere.changed': true,
};

const bridge: Bridge = {
  async request(channel, request) {
    if (!Object.hasOwn(CHANNELS, channel)) {
      return { ok: false, error: { code: 'bad-request', message: 'There is no such request.' } };
    }
    try {
      return await ipcRenderer.invoke(channel, request);
    } catch {
      return { ok: false, error: { code: 'unavailable', message: 'All Stop does not answer.' } };
    }
  },

  on(event, listener) {
    if (!Object.hasOwn(EVENTS, event)) return () => {};
    // The event object stays here: it would hand the page the sender.
    const hear = (_event: IpcRendererEvent, payload: Events[typeof event]) => listener(payload);
    ipcRenderer.on(event, hear);
    return () => ipcRenderer.off(event, hear);
  },

  async offerFile(file, purpose) {
    const path = pathOf(file);
    if (path === '') {
      return { ok: false, error: { code: 'no-path', message: 'This file lies nowhere on this computer.' } };
    }
    try {
      return await ipcRenderer.invoke('file.offer', { purpose, path });
    } catch {
      return { ok: false, error: { code: 'unavailable', message: 'All Stop does not answer.' } };
    }
  },
};

/** A file the page made itself has none: only a person's choice has. */
function pathOf(file: File): string {
  try {
    return webUtils === undefined ? legacyPathOf(file) : webUtils.getPathForFile(file);
  } catch {
    return '';
  }
}

/**
 * Before Electron 29 a file carried its path itself. Read by the browser's own getter, which takes nothing but a real file: any object
 * of the page may have a member of that name.
 */
function legacyPathOf(file: File): string {
  const getter = Object.getOwnPropertyDescriptor(File.prototype, 'path')?.get;
  const path: unknown = getter?.call(file);
  return typeof path === 'string' ? path : '';
}

contextBridge.exposeInMainWorld('allStop', bridge);
