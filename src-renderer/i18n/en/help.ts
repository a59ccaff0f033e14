/** Help inside the app. */
export const help = {
  title: 'Help',
  open: 'Help',
  stopTitle: 'What the stop promises',
  stop: {
    once: 'One press stops everything that is scheduled on every account of every brand. Nothing asks first, and a reason can be added later.',
    ways: 'The shortcut, the tray item, the red button and the command line: each alone is enough, also when this window hangs.',
    stays: 'It stays through restarts, crashes, updates and restored backups. No timer ends it.',
    escape:
      'A post whose bytes had already left may still appear. At most as many as the cap in Settings, each listed until it is settled.',
    release:
      'A release is two steps and a name, here in the window, brand by brand. What fell due meanwhile is missed and waits in Review; nothing goes out late by itself.',
  },
  wordsTitle: 'Words',
  words: {
    draft: { word: 'Draft', means: 'What was written, before it has accounts and a time.' },
    post: { word: 'Post', means: 'One draft for one account at one time: a row of the queue.' },
    hold: { word: 'Hold', means: 'One post or account kept back by a person. Not the stop.' },
    missed: { word: 'Missed', means: 'Its time passed unsent. It never goes by itself.' },
    unconfirmed: {
      word: 'Unconfirmed',
      means: 'It may be out. It is looked up, or a person says so; it is never sent again blindly.',
    },
    permit: {
      word: 'Permit',
      means: 'The file whose presence allows publishing. Deleting it stops everything.',
    },
    drill: { word: 'Drill', means: 'A rehearsed stop on a copy that touches no network.' },
  },
  computerTitle: 'This computer',
  computer:
    'Posts go out from here, at their time. Asleep, off or offline it publishes nothing, and what falls due is missed. Settings says what the next hours need.',
  licences: {
    title: 'Licences',
    words:
      'All Stop is made with the work of others: libraries, the dictionaries of the spelling check, the names of emoji. Each stands under a licence of its own, in its own words.',
    show: 'Show the licences',
  },
  keys: 'Keyboard shortcuts',
  drill: 'Go to drills',
  accounts: 'Accounts',
  posts: 'Posts',
  accountQueue: 'Queue of {{name}}',
} as const;
