/** What a person is told, and whether this computer is awake when it must be. */
export const know = {
  awake: 'Awake when it matters',
  awakeHint:
    'A computer that sleeps, or is off, publishes nothing. What falls due meanwhile is missed and waits in Review.',
  ahead: 'The next {{hours}} hours',
  aheadOff: 'Publishing is off: nothing goes out.',
  aheadNone: 'No post is due.',
  aheadPosts_one: '{{n}} post, at {{first}}: this computer must be awake then.',
  aheadPosts_other: '{{n}} posts between {{first}} and {{last}}: this computer must be awake then.',
  staysAwake:
    'It is kept from falling asleep by itself until the last of them. A closed lid still puts most laptops to sleep.',
  mayMiss:
    'It may fall asleep before the post of {{when}}. Keep it awake for longer, or see to it that it does not sleep.',
  yesAhead_one:
    '{{n}} post planned for these hours waits for a yes; its time is {{first}}. Without one it is missed.',
  yesAhead_other:
    '{{n}} posts planned for these hours wait for a yes, the first at {{first}}. Without one they are missed.',
  showWaiting: 'Show them',
  keep: 'Keep awake while something is due',
  keepHint: 'Only while publishing is on. The screen may still go dark.',
  keepChoices: { '0': 'Never', '15': 'Within 15 min', '60': 'Within 1 hour', '720': 'Within 12 hours' },
  login: 'Start at login',
  loginLabel: 'Start All Stop, in the tray, when I sign in to this computer',
  loginHint: 'After a restart of the computer nothing goes out until All Stop runs again.',
  notices: 'Notifications',
  noticesHint:
    'Told together, at most every few minutes. Whatever concerns the stop and its controls is always told.',
  tellMe: 'Tell me about',
  classes: {
    missed: 'Posts that were missed',
    failed: 'Posts that failed',
    unconfirmed: 'Posts that may be out and are not confirmed',
    signIns: 'Accounts that have to be signed in again',
    yes: 'Posts that come near and still wait for a yes',
    backups: 'Backups that could not be made',
  },
  digest: 'Daily digest',
  digestHint: 'One notification a day with what went out, what waits, and what comes tomorrow.',
  digestLabel: 'Once a day',
  digestAt: 'At',
  digestNow: 'Now it would say: “{{words}}”',
  wentOut_one: '{{n}} post went out',
  wentOut_other: '{{n}} posts went out',
  failed: '{{n}} failed',
  missed: '{{n}} missed',
  waits_one: '{{n}} post waits in Review.',
  waits_other: '{{n}} posts wait in Review.',
  tomorrow_one: 'Tomorrow {{n}} post, at {{first}}.',
  tomorrow_other: 'Tomorrow {{n}} posts, the first at {{first}}.',
  nothingTomorrow: 'Nothing is scheduled tomorrow.',
} as const;
