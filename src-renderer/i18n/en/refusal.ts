/**
 * What main refuses, by its code; `{{message}}` is main's own sentence, `{{detail}}` what it says of this one case in brackets or after a
 * colon, `{{head}}` what stands before the colon. A code that is not here is told in main's words: it has said them in the window's language, or they are a network's own.
 */
export const refusal = {
  code: {
    'account-exists': 'This brand already has an account of this name on that network.',
    'account-in-use': 'This account still has posts. Cancel those that are scheduled first.',
    'account-stopped': 'This account is stopped by itself. Release its stop first.',
    'account-unknown': 'This account is no longer there.',
    'backup-no-room': '{{message}}',
    'backup-not-sound': 'This backup is damaged. Choose another one.',
    'backup-running': 'A backup is being made or tried out. Wait for it.',
    'bad-request': 'All Stop did not understand what this window asked for ({{message}}).',
    'bad-url': 'This address cannot be used. {{message}}',
    'brand-exists': 'There is already a brand of this name.',
    'brand-unknown': 'This brand is no longer there.',
    'bulk-no-preview': 'This preview is no longer there. Look at the step again.',
    'bulk-no-undo': 'There is no step that can be taken back.',
    'bulk-replaced': 'Another step was looked at meanwhile.',
    'bulk-running': 'Another step over many posts is under way. Wait for it.',
    'bulk-too-many': 'One step reaches at most 100,000 posts. Narrow the filter.',
    'desk-not-empty': 'There are brands here already. Say that they may be replaced.',
    'export-damaged': 'This export is damaged: {{detail}}',
    'export-failed': 'The export could not be written: {{detail}}',
    'export-newer': 'A newer version of All Stop made this export.',
    'no-export': 'This folder is no export of everything. Choose the folder that has the file export.json.',
    'drill-running': 'A drill is running already.',
    'field-missing': '{{head}}: this is needed.',
    'folder-in-data': 'This folder is part of the data folder. Choose one elsewhere.',
    'illegal-move': 'This is not possible in the state the post is in now.',
    internal:
      'Something went wrong in All Stop ({{detail}}). Nothing more was done; the log has the details.',
    'login-not-set': 'This computer did not take it: {{detail}}',
    'logo-no-picture': 'A logo is a picture. Choose another file.',
    'look-up-failed': 'The network could not be asked. {{message}}',
    'media-missing': 'A file of this post is no longer there. Add it again.',
    'media-size': 'A file has between 1 byte and 512 MB.',
    'name-missing': 'A release needs the name of the person who does it.',
    'no-attempt': 'No attempt is known for this post.',
    'no-brand': 'Name the brands that come back.',
    'no-database': '{{message}}',
    'no-path': 'This file has no place on this computer. Save it first, then choose it here.',
    'no-plan': 'This brand has no plan yet.',
    'no-preview': 'This preview is no longer there. Choose the file again.',
    'no-such-backup': 'This backup is no longer there.',
    'no-such-account': 'This account is no longer there.',
    'no-such-brand': 'This brand is no longer there.',
    'no-such-entry': 'This entry is no longer in the plan.',
    'no-such-network': 'This version does not know that network.',
    'no-such-post': 'This post is no longer there.',
    'no-such-stop': 'This stop is no longer in force.',
    'no-such-zone': 'This is no time zone. One is written like Europe/Paris.',
    'not-allowed': 'This is not allowed from here.',
    'not-confirmed': 'The stop is not confirmed. Only a confirmed stop can be released.',
    'not-durable': 'This could not be written to the data folder. Nothing was started or released.',
    'not-empty': 'Practice data are only for an empty desk.',
    'not-in-outbox': 'This file is no longer in the outbox folder.',
    'not-printed': 'The PDF could not be written: {{detail}}',
    'not-recorded': 'The journal could not be written. Nothing was ticked off.',
    'not-saved': 'The settings could not be written: {{detail}}',
    'not-startable': 'Publishing was started or stopped before: release the stop instead.',
    'not-stopped': 'None of these brands is stopped.',
    'by-brand': 'A stop of everything is released brand by brand: name the brands that come back.',
    'not-unconfirmed': 'This post is no longer unconfirmed: it was settled in the meantime.',
    'nothing-public': 'Nothing is known to be public of this post.',
    'restore-publishing': 'Stop publishing first: a backup is put back only while nothing goes out.',
    'report-no-brand': 'This stop did not cover this brand, as far as the journal tells.',
    'report-no-stop': 'The journal does not know this stop.',
    'report-not-saved': 'The document could not be saved: {{detail}}',
    'partly-released':
      'Some of these brands stay stopped: their own stop could not be taken out of the data folder.',
    'plan-keys': 'Two entries have the same key. Nothing was saved.',
    'pressed-since': 'The stop was pressed again while this release was being decided. Nothing was released.',
    publishing: 'A press always stops for real: prove the key while nothing is published.',
    'stop-other-brand': 'This stop does not cover this brand. Nothing was ticked off.',
    'stop-over': 'This stop was released more than a day ago.',
    'stops-unreadable': '{{message}}',
    'time-gap': 'This time does not exist that day: the clocks go forward over it.',
    'time-past': 'This time has already passed.',
    'time-twice': 'This time comes twice that day. Choose which one is meant.',
    'too-early': 'It is not there yet, but it may still appear. Look again in two minutes.',
    'tool-link': 'The link must be an https address: {{detail}}',
    'tool-name': 'A tool needs a name.',
    unavailable: 'All Stop does not answer.',
    unclear: 'The network gave no clear answer. {{message}}',
  },
  /** Sentences main says without a code. The English is main's, word for word, or the beginning of it, with names for what it fills in: it is found by that. */
  said: {
    byHand:
      'Close All Stop, or delete the file "permit" in the data folder, and end the process named in "publisher.pid".',
    keyMissing:
      'The key to the sign-ins is not available: the keyring is locked or does not answer. What needs a sign-in is not sent.',
    crashLoop:
      'The process that publishes ended three times within a minute. It is started again after longer waits; what it was sending is unconfirmed.',
    journal: 'The journal cannot be written:',
    databaseRestored:
      'The database is older than the journal: a copy of it was put back. Posts that went out since may be scheduled in it again.',
    networkUnconfirmed:
      '{{count}} posts to {{network}} became unconfirmed within a quarter of an hour. Look them up in Review before this network is released.',
    tooManyUnconfirmed:
      '{{count}} posts on {{networks}} networks became unconfirmed within a quarter of an hour: the way to the networks does not work as it should. Look them up in Review before publishing goes on.',
    clockJumped:
      'The clock of this computer was set by more than two minutes: posts could go out at a wrong time. Check date and time, then release.',
    clockBehind:
      'The clock of this computer is behind what it was before: posts could go out at a wrong time. Check date and time, then release.',
    uncleanEnds:
      'All Stop ended twice within ten minutes without being quit. Look at what is unconfirmed, then release.',
    stopChanged: 'The stop itself was changed by an update. Prove its controls, then release.',
    databaseForeign:
      'The database is not the one that was last used here: it was restored, copied or made anew.',
    leftShortcut:
      'Only the shortcut is left of the controls of the stop: tray item, button and command line do not work. Mend one, then release.',
    leftTray:
      'Only the tray item is left of the controls of the stop: shortcut, button and command line do not work. Mend one, then release.',
    leftButton:
      'Only the button is left of the controls of the stop: shortcut, tray item and command line do not work. Mend one, then release.',
    leftCommandLine:
      'Only the command line is left of the controls of the stop: shortcut, tray item and button do not work. Mend one, then release.',
    leftNone:
      'No control of the stop works: neither shortcut nor tray item, button or command line. Mend two, then release.',
    permitForeign: 'The permit was written by another machine, or is a copy.',
    permitUnreadable: 'The permit is unreadable.',
    permitEpoch: 'The permit is of another epoch.',
    stopsUnreadable: 'A file in the folder "stops" cannot be understood:',
    releaseFailed: 'A release could neither be carried out nor taken back.',
    backupPutBack:
      'A backup was put back. Posts that went out since it was made may be scheduled in it again.',
    importedHere: 'Everything came from another computer. What is scheduled here may be scheduled there too.',
    signInElsewhere: 'Sign in again: this account came from another computer.',
    backupBytes: 'Its bytes are not those that were written.',
    backupCounts: 'It does not hold as many posts as the queue did.',
    backupLines: 'It has another number of lines than were written.',
    backupList: 'The list is not complete.',
    noRoom: 'Not enough room in {{where}}: {{needed}} MB are needed, {{free}} MB are free.',
    databaseOpening: 'The database is not open yet.',
    databaseLocked:
      'Another copy of All Stop has the database open. Close it; this one goes on by itself then.',
    databaseCorrupt:
      'The database is damaged or is not a database. Nothing was changed; put back a copy, or move the file away to start anew.',
    databaseNewer:
      'A newer version of All Stop wrote this database. Install that version; nothing was changed.',
    databaseUnreadable: 'The database cannot be read or written there. Check the folder and its permissions.',
    databaseUnsafe:
      'The database does not keep the settings that protect it, so nothing is published from it.',
    databaseClosed: 'The database is closed.',
    databaseFailed: 'The database failed.',
    diskFull: 'The disk is full. Nothing already kept is lost; free some space and try again.',
    journalUnread: 'The journal cannot be read:',
    lineNoRecord: 'Line {{line}} is not a record.',
    lineNumber: 'Line {{line}} has number {{found}}, {{wanted}} was expected.',
    lineOrder: 'Line {{line}} does not follow the record before it.',
    lineChanged: 'Line {{line}} was changed after it was written.',
    recordsMissing: '{{n}} records are missing at the end.',
    recordOther: 'The last record is not the one that was written.',
    noAnswerInTime: 'No answer in time.',
    lookUpEnded: 'The look-up ended before an answer came.',
  },
} as const;
